import { MINIMUM_VERSION } from '../dialects';
import { carrier, record } from '../record-builder';

export const NOTEBOOK = record('AWS::SageMaker::NotebookInstance', {
  carriers: [carrier('InstanceMetadataServiceConfiguration', MINIMUM_VERSION, 'in place')],
  unsetIsLeftTo: 'the service',
});

export const SAGEMAKER = [NOTEBOOK];
