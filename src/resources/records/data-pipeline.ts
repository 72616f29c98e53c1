import { gap, record } from '../record-builder';
import { REGIONAL } from './governed-by';

export const DATA_PIPELINE = [record('AWS::DataPipeline::Pipeline', { gaps: [gap({}, REGIONAL)] })];
