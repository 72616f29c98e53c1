import { paths, record, template } from '../record-builder';

const COMPUTE_NODE_GROUP = record('AWS::PCS::ComputeNodeGroup', {
  launchesFrom: { references: [template('CustomLaunchTemplate', { id: 'TemplateId', version: 'Version' })], onNewVersion: 'in place' },
  instances: {
    instanceTypes: paths('InstanceConfigs[].InstanceType'),
    subnets: paths('SubnetIds[]'),
    images: paths('AmiId'),
    access: paths('IamInstanceProfileArn'),
  },
});

export const PCS = [COMPUTE_NODE_GROUP];
