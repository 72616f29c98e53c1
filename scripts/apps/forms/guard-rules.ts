import { App, CfnResource, CloudFormationValidatePlugin, Stack, Validations } from 'aws-cdk-lib';
import { GuardRules, GuardSeverity } from '../../../src';

// The rules run in CDK's own validation. With the context of `cdk init`, their findings are errors.
const app = new App();
Validations.of(app).addPlugins(new CloudFormationValidatePlugin({ guardRules: [{ name: 'imdsv2', content: GuardRules.render({ severity: GuardSeverity.ALL }) }] }));
const metadataOptions = (HttpTokens: string) => ({ ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro', MetadataOptions: { HttpTokens } });
const stack = new Stack(app, 'Shop');
new CfnResource(stack, 'Good', { type: 'AWS::EC2::Instance', properties: metadataOptions('required') });
new CfnResource(stack, 'Bad', { type: 'AWS::EC2::Instance', properties: metadataOptions('optional') });
