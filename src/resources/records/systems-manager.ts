import { documentAt, linesAt, scriptHolder } from '../script-holder';

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html */
const DOCUMENT = scriptHolder('AWS::SSM::Document', documentAt('Content'));

const ASSOCIATION = scriptHolder('AWS::SSM::Association', linesAt('Parameters.commands', { document: 'Name' }));

const RUN_COMMAND = 'TaskInvocationParameters.MaintenanceWindowRunCommandParameters';

const MAINTENANCE_WINDOW_TASK = scriptHolder(
  'AWS::SSM::MaintenanceWindowTask', linesAt(`${RUN_COMMAND}.Parameters.commands`, { document: 'TaskArn' }),
);

export const SYSTEMS_MANAGER_SCRIPTS = [DOCUMENT, ASSOCIATION, MAINTENANCE_WINDOW_TASK];
