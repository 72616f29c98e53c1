import { gap, record } from '../record-builder';
import { REGIONAL, referenceOf } from './governed-by';

export const CLOUD9 = [record('AWS::Cloud9::EnvironmentEC2', { gaps: [gap({}, { governedBy: REGIONAL, source: referenceOf('cloud9-environmentec2') })] })];
