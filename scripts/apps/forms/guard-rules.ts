import { App, CfnResource, CloudFormationValidatePlugin, Stack, Validations } from 'aws-cdk-lib';
import { GuardRules, GuardSeverity } from '../../../src';

// In CDK's own validation, where the context of `cdk init` makes errors of its findings.
const app = new App();
Validations.of(app).addPlugins(new CloudFormationValidatePlugin({ guardRules: [{ name: 'imdsv2', content: GuardRules.render({ severity: GuardSeverity.ALL }) }] }));
const metadataOptions = (HttpTokens: string) => ({ ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro', MetadataOptions: { HttpTokens } });
const stack = new Stack(app, 'Shop');
new CfnResource(stack, 'Good', { type: 'AWS::EC2::Instance', properties: metadataOptions('required') });
new CfnResource(stack, 'Bad', { type: 'AWS::EC2::Instance', properties: metadataOptions('optional') });
