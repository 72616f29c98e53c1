/** A report with all parts, functions to create others, and variations of it. */
export { EMPTY_REPORT, SAMPLE_REPORT } from './sample-app';
export { sampleFinding, sampleResource, sampleUsage, set, totals, UNSET } from './sample-pieces';
export { hostileReport, longReport, sampleReport, scriptReport } from './sample-variations';
