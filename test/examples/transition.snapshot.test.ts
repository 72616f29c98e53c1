import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ComplianceStack } from '../../examples/transition/compliance-stack';
import { OrganizationStack } from '../../examples/transition/organization-stack';
import { RepairStack } from '../../examples/transition/repair-stack';
import { ShopStack } from '../../examples/transition/shop-stack';
import { WatchStack } from '../../examples/transition/watch-stack';
import { WorkersStack } from '../../examples/transition/workers-stack';
import { GuardrailStage, ImdsClientSettings, ImdsGuardrails, ImdsReport, ImdsUsage, Imdsv2, SdkDependencies } from '../../src';
import type { Report } from '../../src/report/report';
import { IMDSV1_USAGE_HANDLER } from '../../src/transition/handler-code.generated';
import type { Json } from '../harness/json';
import { scratchApp } from '../harness/scratch-app';
import { foundBy, synthesizedWith } from '../nag/synthesized-nag';

const app = () => new App({ builtinCloudFormationValidation: false } as object);

/** A template without the code of the function, also if it is text inside another template. */
function templateOf(stack: Stack): object {
  const quoted = (text: string) => JSON.stringify(text).slice(1, -1);
  const code = quoted(IMDSV1_USAGE_HANDLER);
  const text = JSON.stringify(Template.fromStack(stack).toJSON());
  const without = text.replace(quoted(code), () => '...').replace(code, () => '...');
  expect(without.length).toBeLessThan(text.length - code.length / 2);
  return JSON.parse(without) as object;
}

test('the usage monitor of an account does not change', () => {
  expect(templateOf(new WatchStack(app(), 'Watch', { env: { region: 'eu-west-1' } }))).toMatchSnapshot();
});

test('hosts and tasks without a fallback of SDKs do not change', () => {
  const stack = new WorkersStack(app(), 'Workers', { env: { region: 'eu-west-1' } });
  Aspects.of(stack).add(new ImdsClientSettings());
  expect(Template.fromStack(stack).toJSON()).toMatchSnapshot();
});

test('the only finding about the workers is their old software', () => {
  const workers = new WorkersStack(scratchApp({ '@aws-cdk/core:failSynthOnValidationErrors': false }), 'Workers', { env: { region: 'eu-west-1' } });
  Aspects.of(workers).add(new ImdsClientSettings());
  Imdsv2.check(workers, { sdks: [SdkDependencies.inFolder(join(__dirname, '../../examples/transition/service-of-2019'))], reports: [ImdsReport.json()] });
  const { directory } = (workers.node.root as App).synth();
  const { findings } = JSON.parse(readFileSync(join(directory, 'imdsv2-report.json'), 'utf8')) as Report;
  expect(findings.map(({ rule, sdk }) => [rule, sdk?.packageName])).toEqual([['Imdsv2::SdkTooOld', 'boto3'], ['Imdsv2::SdkTooOld', 'botocore']]);
});

test('the usage monitor of an organization does not change', () => {
  expect(templateOf(new OrganizationStack(app(), 'Organization', { env: { region: 'eu-west-1' } }))).toMatchSnapshot();
});

test('the repair does not change, apart from the definition of its state machine', () => {
  const template = Template.fromStack(new RepairStack(app(), 'Repair', { env: { region: 'eu-west-1' } })).toJSON() as { Resources: { [id: string]: Json & { Properties: Json } } };
  const machines = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
  machines.forEach(({ Properties }) => Object.assign(Properties, { DefinitionString: '...' }));
  expect(template).toMatchSnapshot();
});

test('the rules of AWS Config do not change', () => {
  expect(Template.fromStack(new ComplianceStack(app(), 'Compliance', { env: { region: 'eu-west-1' } })).toJSON()).toMatchSnapshot();
});

test('the shop requires IMDSv2 where it is ready, and reports what still uses IMDSv1', () => {
  const shop = new ShopStack(scratchApp(), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  Imdsv2.enforce(shop, { onlyWhereReady: ImdsUsage.fromFile(join(__dirname, '../../examples/transition/imdsv1-usage.json')) });
  const instances = Object.entries(Template.fromStack(shop).findResources('AWS::EC2::Instance'));
  const tokens = instances.map(([id, { Properties }]) => [id, (Properties as Json & { MetadataOptions?: Json }).MetadataOptions?.HttpTokens]);
  expect(Object.fromEntries(tokens)).toEqual({ Api: 'required', Licences: undefined, Backup: 'required', Search: 'required' });
  expect(Annotations.fromStack(shop).findWarning('/Shop/Licences', Match.stringLikeRegexp('Imdsv2::StillUsesImdsv1'))).toHaveLength(1);
  expect(Annotations.fromStack(shop).findWarning('/Shop/Backup', Match.stringLikeRegexp('Imdsv2::Imdsv1Refused'))).toHaveLength(1);
  expect(Annotations.fromStack(shop).findWarning('/Shop/Search', Match.stringLikeRegexp('Imdsv2::RequiredBeforeReady'))).toHaveLength(1);
});

test('AwsSolutions of cdk-nag has no relevant findings', () => {
  const outcome = synthesizedWith(scope => {
    new WatchStack(scope, 'Watch', { env: { region: 'eu-west-1' } });
    new OrganizationStack(scope, 'Organization', { env: { region: 'eu-west-1' } });
  }, scope => [new AwsSolutionsChecks(scope)]);
  const objects = ['usage', 'state'].map(folder => `<MonitorRecords9DC6ADDF.Arn>/${folder}/<AWS::AccountId>/*`);
  expect(foundBy(outcome, 'AwsSolutions')).toEqual({
    // Read actions do not support resources. Objects are limited to the account.
    ...Object.fromEntries(['*', ...objects].map(resource => [`AwsSolutions-IAM5[Resource::${resource}]`, ['Watch/Monitor/Collector/Role/Resource']])),
    // The records are not secret, and an access log would be larger than they are.
    'AwsSolutions-S1': ['Watch/Monitor/Records/Resource', 'Organization/Usage/Center/Records/Resource'],
    // The topic of the example only shows where alarms go.
    'AwsSolutions-SNS3': ['Watch/Alarms/Resource'],
  });
});

test('enforcement, a check and guardrails have no findings about it', () => {
  const watched = scratchApp();
  const watch = new WatchStack(watched, 'Watch', { env: { region: 'eu-west-1' } });
  const organization = new OrganizationStack(watched, 'Organization', { env: { region: 'eu-west-1' } });
  const repair = new RepairStack(watched, 'Repair', { env: { region: 'eu-west-1' } });
  const compliance = new ComplianceStack(watched, 'Compliance', { env: { region: 'eu-west-1' } });
  new ImdsGuardrails(organization, 'Guardrails', { stage: GuardrailStage.OBSERVE, targetIds: ['ou-ab12-11111111'] });
  Imdsv2.enforce(watched);
  Imdsv2.check(watched);
  expect(() => watched.synth()).not.toThrow();
  for (const stack of [watch, compliance, repair]) { expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]); }
});
