import { gap, record } from '../record-builder';
import { REGIONAL } from './governed-by';

export const DATA_PIPELINE = [
  record('AWS::DataPipeline::Pipeline', {
    gaps: [gap({}, { governedBy: REGIONAL, source: 'https://docs.aws.amazon.com/datapipeline/latest/DeveloperGuide/dp-object-ec2resource.html' })],
  }),
];
