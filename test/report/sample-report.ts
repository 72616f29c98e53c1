/** A report with everything in it, the pieces to make another, and variations of it. */
export { EMPTY_REPORT, SAMPLE_REPORT } from './sample-app';
export { sampleFinding, sampleResource, sampleUsage, set, totals, UNSET } from './sample-pieces';
export { hostileReport, longReport, sampleReport, scriptReport } from './sample-variations';
