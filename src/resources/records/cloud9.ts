import { gap, record } from '../record-builder';
import { REGIONAL } from './governed-by';

export const CLOUD9 = [record('AWS::Cloud9::EnvironmentEC2', { gaps: [gap({}, REGIONAL)] })];
