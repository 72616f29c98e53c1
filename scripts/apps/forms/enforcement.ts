import { App, Aspects, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Instance, InstanceType, LaunchTemplate, MachineImage, UserData, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AsgCapacityProvider, Cluster, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { ContainerHost, FailOn, GuardRules, ImdsExemption, ImdsReport, Imdsv2, RequireImdsv2 } from '../../../src';

const instanceType = new InstanceType('m7i.large');
const machineImage = MachineImage.latestAmazonLinux2023();

function addLaunchers(scope: Construct): void {
  const vpc = new Vpc(scope, 'Vpc', { natGateways: 0 });
  new Instance(scope, 'Instance', { vpc, instanceType, machineImage });
  new Instance(scope, 'WithTemplate', { vpc, instanceType, machineImage, requireImdsv2: true });
  const group = new AutoScalingGroup(scope, 'Group', { vpc, instanceType, machineImage: EcsOptimizedImage.amazonLinux2023() });
  new Cluster(scope, 'Cluster', { vpc }).addAsgCapacityProvider(new AsgCapacityProvider(scope, 'Capacity', { autoScalingGroup: group }));
}

const app = new App();
const shop = new Stack(app, 'Shop');
addLaunchers(shop);
addLaunchers(new NestedStack(shop, 'Nested'));
addLaunchers(new Stack(new Stage(app, 'Production'), 'Shop'));

// A template in one stack, and a group in another one.
const template = new LaunchTemplate(shop, 'Template', { instanceType, machineImage, userData: UserData.forLinux() });
template.with(new ContainerHost({ hopLimit: 3 }), new RequireImdsv2());
const workers = new Stack(app, 'Workers');
new AutoScalingGroup(workers, 'Group', { vpc: new Vpc(workers, 'Vpc', { natGateways: 0 }), launchTemplate: template });

const legacy = new Stack(app, 'Legacy');
addLaunchers(legacy);
ImdsExemption.of(legacy).add({ rule: 'Imdsv2::TokensRequired', reason: 'the licence daemon supports only IMDSv1', owner: 'payments' });

Imdsv2.enforce(app, { httpPutResponseHopLimit: 1, containerHopLimit: 2, maxHopLimit: 3, instanceMetadataTags: true, httpProtocolIpv6: true });
Aspects.of(workers).add(new RequireImdsv2());
Imdsv2.check(app, {
  failOn: FailOn.ERROR,
  rulesOff: [{ rule: 'Imdsv2::HopLimitTooHigh', reason: 'the network team sets the hop limits' }],
  reports: [ImdsReport.html(), ImdsReport.json(), ImdsReport.sarif(), ImdsReport.junit(), ImdsReport.markdown({ fileName: 'imds.md' })],
});
Validations.of(app).acknowledge({ id: 'Imdsv2::ReplacesFollower', reason: `not deployed yet; ${GuardRules.render().length} characters of rules` });
