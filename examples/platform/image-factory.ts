import { CfnInstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnInfrastructureConfiguration } from 'aws-cdk-lib/aws-imagebuilder';
import { Construct } from 'constructs';

/** The instances on which EC2 Image Builder builds and tests images. */
export class ImageFactory extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: ['AmazonSSMManagedInstanceCore', 'EC2InstanceProfileForImageBuilder']
        .map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    const profile = new CfnInstanceProfile(this, 'Profile', { roles: [role.roleName] });

    // Sets the hop limit, for builds in containers, but not the tokens.
    new CfnInfrastructureConfiguration(this, 'BuildHosts', {
      name: 'build-hosts',
      instanceProfileName: profile.ref,
      instanceTypes: ['m6i.large'],
      instanceMetadataOptions: { httpPutResponseHopLimit: 2 },
    });
  }
}
