import { Stack } from 'aws-cdk-lib';
import { CfnInstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDistributionConfiguration, CfnImagePipeline, CfnImageRecipe, CfnInfrastructureConfiguration } from 'aws-cdk-lib/aws-imagebuilder';
import { SnsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ImageBuilderImdsSupport } from 'cdk-imdsv2';
import { Construct } from 'constructs';

/** An image that EC2 Image Builder builds every week. */
export class WeeklyImage extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { partition, region } = Stack.of(this);
    const amazon = `arn:${partition}:imagebuilder:${region}:aws`;

    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: ['AmazonSSMManagedInstanceCore', 'EC2InstanceProfileForImageBuilder']
        .map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    const profile = new CfnInstanceProfile(this, 'Profile', { roles: [role.roleName] });

    // The build and test instances: Imdsv2.enforce() requires IMDSv2 on them.
    const hosts = new CfnInfrastructureConfiguration(this, 'Hosts', { name: 'weekly', instanceProfileName: profile.ref, instanceTypes: ['m7g.large'] });
    const recipe = new CfnImageRecipe(this, 'Recipe', {
      name: 'weekly',
      version: '1.0.0',
      parentImage: `${amazon}:image/amazon-linux-2023-arm64/x.x.x`,
      components: [{ componentArn: `${amazon}:component/update-linux/x.x.x` }],
    });
    const distribution = new CfnDistributionConfiguration(this, 'Distribution', {
      name: 'weekly',
      distributions: ['eu-west-1', 'eu-central-1'].map((target) => ({
        region: target,
        amiDistributionConfiguration: { Name: 'weekly-{{imagebuilder:buildDate}}' },
      })),
    });
    const pipeline = new CfnImagePipeline(this, 'Pipeline', {
      name: 'weekly',
      imageRecipeArn: recipe.attrArn,
      infrastructureConfigurationArn: hosts.attrArn,
      distributionConfigurationArn: distribution.attrArn,
      schedule: { scheduleExpression: 'cron(0 4 ? * mon *)' },
    });

    // The finished images: Image Builder has no option for them.
    new ImageBuilderImdsSupport(this, 'RequireImdsv2', {
      pipelineArns: [pipeline.attrArn],
      onFailure: new SnsDestination(new Topic(this, 'Unreached')),
    });
  }
}
