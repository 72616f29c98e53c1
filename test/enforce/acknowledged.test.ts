import type { Stack } from 'aws-cdk-lib';
import { Annotations, CfnResource, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { RequireImdsv2 } from '../../src';
import { DOORS, ONCE } from '../harness/doors';
import { scratchStack } from '../harness/scratch-app';
import { reportedIds, synthesize } from '../harness/synthesized';

type Acknowledge = (scope: IConstruct, id: string) => void;
const validations: Acknowledge = (scope, id) => Validations.of(scope).acknowledge({ id, reason: 'it is not deployed yet' });
const annotations: Acknowledge = (scope, id) => Annotations.of(scope).acknowledgeWarning(id, 'it is not deployed yet');

type ScopeOf = (resource: CfnResource) => IConstruct;
const resourceItself: ScopeOf = resource => resource;
const itsStack: ScopeOf = ({ stack }) => stack;
const theApp: ScopeOf = ({ node }) => node.root;

/** An acknowledgement, and the stack that needs it. */
const ACKNOWLEDGED: readonly { readonly id: string; readonly build: (stack: Stack) => CfnResource }[] = [
  {
    id: 'Imdsv2::ReplacesResource',
    build: stack => new CfnResource(stack, 'Subject', { type: 'AWS::WorkspacesInstances::WorkspaceInstance', properties: { ManagedInstance: {} } }),
  },
  {
    id: 'Imdsv2::ReplacesFollower',
    build: stack => {
      new CfnResource(stack, 'Template', { type: 'AWS::EC2::LaunchTemplate' });
      return new CfnResource(stack, 'Subject', {
        type: 'AWS::EC2::Instance',
        properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } } },
      });
    },
  },
  { id: 'Imdsv2::CannotBeSet', build: stack => new CfnResource(stack, 'Subject', { type: 'AWS::Lightsail::Instance' }) },
  { id: 'Imdsv2::LaunchSourceMissing', build: stack => new CfnResource(stack, 'Subject', { type: 'AWS::EKS::Nodegroup' }) },
  {
    id: 'Imdsv2::OptionsUnreadable',
    build: stack => new CfnResource(stack, 'Subject', { type: 'AWS::EC2::Instance', properties: { MetadataOptions: { Ref: 'Options' } } }),
  },
  {
    id: 'Imdsv2::ValueNotAccepted',
    build: stack => new CfnResource(stack, 'Subject', { type: 'AWS::EC2::Instance', properties: { MetadataOptions: { HttpEndpoint: 'yes' } } }),
  },
];

/** Older versions of CDK search acknowledgements on the parents of a construct, but not on the construct itself. */
function looksAtTheResourceItself(): boolean {
  const resource = new CfnResource(scratchStack(), 'Subject', { type: 'AWS::SNS::Topic' });
  annotations(resource, 'probe');
  Annotations.of(resource).addWarningV2('probe', 'a warning');
  return resource.node.metadata.length === 0;
}
const onItself = looksAtTheResourceItself() ? resourceItself : itsStack;

describe.each(ACKNOWLEDGED)('$id', ({ id, build }) => {
  test.each([
    ['the resource', 'Validations', onItself, validations],
    ['its stack', 'Validations', itsStack, validations],
    ['the app', 'Validations', theApp, validations],
    ['the resource', 'Annotations', onItself, annotations],
    ['its stack', 'Annotations', itsStack, annotations],
  ])('acknowledged on %s by %s is not reported', (_, __, scopeOf, acknowledge) => {
    for (const [, door] of ONCE) {
      const stack = scratchStack();
      acknowledge(scopeOf(build(stack)), id);
      door(stack);
      expect(synthesize(stack).reports).toEqual([]);
    }
  });

  test.each([['Validations', validations], ['Annotations', annotations]])('acknowledged by %s after the mixin is not reported', (_, acknowledge) => {
    const stack = scratchStack();
    const resource = build(stack);
    stack.with(new RequireImdsv2());
    acknowledge(resource, id);
    expect(synthesize(stack).reports).toEqual([]);
  });

  test('acknowledged on another resource is reported', () => {
    const stack = scratchStack();
    build(stack);
    validations(new CfnResource(stack, 'Other', { type: 'AWS::SNS::Topic' }), id);
    DOORS.enforce(stack);
    expect(reportedIds(synthesize(stack).reports)).toEqual([id]);
  });
});
