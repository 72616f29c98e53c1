import { parsePath } from '../paths';
import type { ResourceRecord, ScriptPlace } from '../record';
import { scriptHolder } from '../record-builder';
import { FARGATE } from './fargate';

const text = (path: string): ScriptPlace => ({ kind: 'text', path: parsePath(path) });
const document = (path: string): ScriptPlace => ({ kind: 'document', path: parsePath(path) });
const lines = (path: string, named: string): ScriptPlace => ({ kind: 'lines', path: parsePath(path), document: parsePath(named) });
const words = (platforms: string, path: string, ...keys: readonly string[]): ScriptPlace => ({
  kind: 'words', path: parsePath(path), keys, platforms: parsePath(platforms), withoutInstances: FARGATE,
});

const RUN_COMMAND = 'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters.commands';

/** Types that launch nothing, and say what runs on instances. */
export const SCRIPT_HOLDERS: readonly ResourceRecord[] = [
  /** @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html */
  scriptHolder('AWS::ImageBuilder::Component', document('Data')),
  scriptHolder('AWS::ImageBuilder::ImageRecipe', text('AdditionalInstanceConfiguration.UserDataOverride')),

  /** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html */
  scriptHolder('AWS::SSM::Document', document('Content')),
  scriptHolder('AWS::SSM::Association', lines('Parameters.commands', 'Name')),
  scriptHolder('AWS::SSM::MaintenanceWindowTask', lines(RUN_COMMAND, 'TaskArn')),

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html */
  scriptHolder(
    'AWS::ECS::TaskDefinition',
    words('RequiresCompatibilities', 'ContainerDefinitions[]', 'EntryPoint', 'Command'),
    words('RequiresCompatibilities', 'ContainerDefinitions[].HealthCheck', 'Command'),
  ),

  /** @see https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html */
  scriptHolder(
    'AWS::Batch::JobDefinition',
    words('PlatformCapabilities', 'ContainerProperties', 'Command'),
    words('PlatformCapabilities', 'NodeProperties.NodeRangeProperties[].Container', 'Command'),
    words('PlatformCapabilities', 'EcsProperties.TaskProperties[].Containers[]', 'Command'),
    words('PlatformCapabilities', 'EksProperties.PodProperties.Containers[]', 'Command', 'Args'),
  ),

  /** @see https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html */
  scriptHolder('AWS::SageMaker::NotebookInstanceLifecycleConfig', text('OnCreate[].Content'), text('OnStart[].Content')),
];
