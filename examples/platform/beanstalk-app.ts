import { CfnApplication, CfnConfigurationTemplate, CfnEnvironment } from 'aws-cdk-lib/aws-elasticbeanstalk';
import { CfnInstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

const SOLUTION_STACK = '64bit Amazon Linux 2 v5.9.2 running Node.js 18';
const LAUNCH_CONFIGURATION = 'aws:autoscaling:launchconfiguration';

/** An Elastic Beanstalk application: the settings of its instances are a list of options. */
export class BeanstalkApp extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AWSElasticBeanstalkWebTier')],
    });
    const profile = new CfnInstanceProfile(this, 'Profile', { roles: [role.roleName] });
    const instanceProfile = { namespace: LAUNCH_CONFIGURATION, optionName: 'IamInstanceProfile', value: profile.ref };

    const application = new CfnApplication(this, 'Application', { description: 'The shop' });

    // Does not set DisableIMDSv1.
    new CfnConfigurationTemplate(this, 'Staging', {
      applicationName: application.ref,
      solutionStackName: SOLUTION_STACK,
      optionSettings: [
        instanceProfile,
        { namespace: 'aws:autoscaling:asg', optionName: 'MaxSize', value: '2' },
      ],
    });

    // Keeps IMDSv1 enabled.
    new CfnEnvironment(this, 'Production', {
      applicationName: application.ref,
      solutionStackName: SOLUTION_STACK,
      optionSettings: [
        instanceProfile,
        { namespace: LAUNCH_CONFIGURATION, optionName: 'DisableIMDSv1', value: 'false' },
        { namespace: 'aws:autoscaling:asg', optionName: 'MaxSize', value: '6' },
      ],
    });
  }
}
