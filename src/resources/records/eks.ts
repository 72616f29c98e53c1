import { gap, paths, record, template } from '../record-builder';
import { REGIONAL } from './governed-by';

/** The AMI types whose nodes require tokens by default. Those of Amazon Linux 2 do not. */
const REQUIRING_AMI_TYPES = {
  path: 'AmiType',
  values: [
    'AL2023_x86_64_STANDARD', 'AL2023_ARM_64_STANDARD', 'AL2023_x86_64_NEURON', 'AL2023_x86_64_NVIDIA', 'AL2023_ARM_64_NVIDIA',
    'BOTTLEROCKET_x86_64', 'BOTTLEROCKET_ARM_64', 'BOTTLEROCKET_x86_64_FIPS', 'BOTTLEROCKET_ARM_64_FIPS',
    'BOTTLEROCKET_x86_64_NVIDIA', 'BOTTLEROCKET_ARM_64_NVIDIA', 'BOTTLEROCKET_x86_64_NVIDIA_FIPS', 'BOTTLEROCKET_ARM_64_NVIDIA_FIPS',
  ],
};

/** @see https://docs.aws.amazon.com/eks/latest/userguide/al2023.html */
const NODEGROUP = record('AWS::EKS::Nodegroup', {
  watchedAs: 'EKS node group',
  launchesFrom: {
    references: [template('LaunchTemplate', { id: 'Id', name: 'Name', version: 'Version' })],
    onNewVersion: 'in place',
    evaluatesOnce: 'https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html',
  },
  requiredByService: { when: REQUIRING_AMI_TYPES, by: 'EKS requires tokens on nodes of this AmiType' },
  gaps: [gap({ absent: 'LaunchTemplate', unless: REQUIRING_AMI_TYPES }, {
    governedBy: REGIONAL,
    remedy: 'create a new node group with your own launch template, or with an AmiType of AL2023 or Bottlerocket',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/al2023.html',
  })],
  instances: {
    instanceTypes: paths('InstanceTypes[]'),
    subnets: paths('Subnets[]'),
    serviceTags: ['kubernetes.io/cluster/<the name of the cluster>'],
    access: paths('NodeRole'),
  },
  containers: { title: 'EKS node group' },
});

export const EKS = [NODEGROUP];
