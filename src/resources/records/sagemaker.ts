import { MINIMUM_VERSION } from '../dialects';
import { carrier, record } from '../record-builder';
import { scriptHolder, textAt } from '../script-holder';

export const NOTEBOOK = record('AWS::SageMaker::NotebookInstance', {
  carriers: [carrier('InstanceMetadataServiceConfiguration', MINIMUM_VERSION, 'in place')],
  unsetIsLeftTo: 'the service',
});

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html */
const LIFECYCLE_CONFIG = scriptHolder('AWS::SageMaker::NotebookInstanceLifecycleConfig', textAt('OnCreate[].Content'), textAt('OnStart[].Content'));

export const SAGEMAKER = [NOTEBOOK];

export const SAGEMAKER_SCRIPTS = [LIFECYCLE_CONFIG];
