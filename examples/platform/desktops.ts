import { CfnAppBlockBuilder, CfnFleet, CfnImageBuilder } from 'aws-cdk-lib/aws-appstream';
import { IVpc, MachineImage, OperatingSystemType, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnWorkspaceInstance } from 'aws-cdk-lib/aws-workspacesinstances';
import { Construct } from 'constructs';

export interface DesktopsProps {
  readonly vpc: IVpc;
}

/** Desktops: AppStream has an option that disables IMDSv1, a WorkSpaces instance has the options of EC2. */
export class Desktops extends Construct {
  constructor(scope: Construct, id: string, props: DesktopsProps) {
    super(scope, id);
    const { subnetIds } = props.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS });
    const imageName = 'AppStream-WinServer2022-06-17-2024';

    new CfnFleet(this, 'Fleet', {
      name: 'office',
      instanceType: 'stream.standard.medium',
      imageName,
      computeCapacity: { desiredInstances: 2 },
      vpcConfig: { subnetIds },
      disableImdsv1: false,
    });

    new CfnImageBuilder(this, 'ImageBuilder', {
      name: 'office-image',
      instanceType: 'stream.standard.medium',
      imageName,
    });

    new CfnAppBlockBuilder(this, 'AppBlockBuilder', {
      name: 'office-apps',
      instanceType: 'stream.standard.small',
      platform: 'WINDOWS_SERVER_2019',
      vpcConfig: { subnetIds: [subnetIds[0]] },
    });

    // Any change to the managed instance replaces somebody's desktop.
    const windows = MachineImage.fromSsmParameter('/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base', {
      os: OperatingSystemType.WINDOWS,
    });
    new CfnWorkspaceInstance(this, 'Analyst', {
      managedInstance: {
        imageId: windows.getImage(this).imageId,
        instanceType: 'm6i.xlarge',
        subnetId: subnetIds[0],
        metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'optional' },
      },
    });
  }
}
