import { carrier, paths, record } from '../record-builder';
import { ALL_OPTIONS } from './ec2';

const WORKSPACE = record('AWS::WorkspacesInstances::WorkspaceInstance', {
  carriers: [carrier('ManagedInstance.MetadataOptions', ALL_OPTIONS, 'replacement', {
    needsParent: true,
    replacement: 'CloudFormation deletes the WorkSpace and creates a new one: all data on it is lost',
  })],
  instances: {
    instanceTypes: paths('ManagedInstance.InstanceType'),
    subnets: paths('ManagedInstance.SubnetId', 'ManagedInstance.NetworkInterfaces[].SubnetId'),
    tagSpecifications: paths('ManagedInstance.TagSpecifications'),
    userData: paths('ManagedInstance.UserData'),
    onNewUserData: 'replacement',
    images: paths('ManagedInstance.ImageId'),
    access: paths('ManagedInstance.KeyName', 'ManagedInstance.IamInstanceProfile'),
  },
});

export const WORKSPACES_INSTANCES = [WORKSPACE];
