import { gap, paths, record, template } from '../record-builder';
import { REGIONAL } from './governed-by';

const NODEGROUP = record('AWS::EKS::Nodegroup', {
  launchesFrom: {
    references: [template('LaunchTemplate', { id: 'Id', name: 'Name', version: 'Version' })],
    onNewVersion: 'in place',
    evaluatesOnce: true,
  },
  gaps: [gap({ absent: 'LaunchTemplate' }, REGIONAL, 'set LaunchTemplate to a launch template of your own')],
  instances: {
    instanceTypes: paths('InstanceTypes[]'),
    subnets: paths('Subnets[]'),
    serviceTags: ['kubernetes.io/cluster/<the name of the cluster>'],
    access: paths('NodeRole'),
  },
  containers: { title: 'EKS node group' },
});

export const EKS = [NODEGROUP];
