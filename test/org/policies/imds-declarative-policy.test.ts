import { CfnParameter, Fn, Lazy, RemovalPolicy, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DefaultHttpTokens } from '../../../src/org/default-http-tokens';
import type { ImdsDeclarativePolicyProps } from '../../../src/org/policies/imds-declarative-policy';
import { ImdsDeclarativePolicy } from '../../../src/org/policies/imds-declarative-policy';
import { scratchStack } from '../../harness/scratch-app';

const ROOT = 'r-ab12';
const POLICY = 'AWS::Organizations::Policy';

function policyWith(props: Partial<ImdsDeclarativePolicyProps> = {}, stack = scratchStack()): ImdsDeclarativePolicy {
  return new ImdsDeclarativePolicy(stack, 'Defaults', { targetIds: [ROOT], ...props });
}

function propertiesOf(props: Partial<ImdsDeclarativePolicyProps> = {}, stack = scratchStack()): { readonly [name: string]: any } {
  policyWith(props, stack);
  return Object.values(Template.fromStack(stack).findResources(POLICY))[0].Properties;
}

const attributesOf = (props: Partial<ImdsDeclarativePolicyProps>) => propertiesOf(props).Content.ec2_attributes;

describe('the document', () => {
  test.each([
    ['a text', Token.asString({ Ref: 'Asked' }, { displayHint: 'http-tokens' })],
    ['any value', Lazy.any({ produce: () => ({ Ref: 'Asked' }) })],
  ])('keeps tokens of a deployment in %s', (_, httpTokens) => {
    const { http_tokens: said } = attributesOf({ httpTokens: httpTokens as DefaultHttpTokens }).instance_metadata_defaults;
    expect(said).toEqual({ '@@assign': { Ref: 'Asked' } });
  });

  test('requires tokens, and leaves the rest to the policies above', () => {
    expect(propertiesOf()).toEqual({
      Type: 'DECLARATIVE_POLICY_EC2',
      Name: expect.stringMatching(/^Stack-Defaults-/),
      TargetIds: [ROOT],
      Content: { ec2_attributes: { instance_metadata_defaults: { http_tokens: { '@@assign': 'required' } } } },
    });
  });

  test("has every field in the policy's own words", () => {
    expect(attributesOf({
      httpTokens: DefaultHttpTokens.REQUIRED,
      httpTokensEnforced: true,
      httpPutResponseHopLimit: 2,
      httpEndpoint: true,
      instanceMetadataTags: false,
      exceptionMessage: 'Ask the platform team',
    })).toEqual({
      exception_message: { '@@assign': 'Ask the platform team' },
      instance_metadata_defaults: {
        http_tokens: { '@@assign': 'required' },
        http_tokens_enforced: { '@@assign': 'enabled' },
        http_put_response_hop_limit: { '@@assign': '2' },
        http_endpoint: { '@@assign': 'enabled' },
        instance_metadata_tags: { '@@assign': 'disabled' },
      },
    });
  });

  test.each<[DefaultHttpTokens, string]>([
    [DefaultHttpTokens.OPTIONAL, 'optional'],
    [DefaultHttpTokens.NO_PREFERENCE, 'no_preference'],
  ])('has %s as %s', (httpTokens, word) => {
    expect(attributesOf({ httpTokens, httpTokensEnforced: false }).instance_metadata_defaults)
      .toEqual({ http_tokens: { '@@assign': word }, http_tokens_enforced: { '@@assign': 'disabled' } });
  });

  test('can prevent other values in policies below', () => {
    const locked = (value: string) => ({ '@@operators_allowed_for_child_policies': ['@@none'], '@@assign': value });
    expect(attributesOf({ httpEndpoint: true, exceptionMessage: 'why', childPoliciesMayOverride: false })).toEqual({
      exception_message: locked('why'),
      instance_metadata_defaults: { http_tokens: locked('required'), http_endpoint: locked('enabled') },
    });
    expect(attributesOf({ childPoliciesMayOverride: true })).toEqual(attributesOf({}));
  });

  test('can be reviewed as text', () => {
    expect(policyWith({ httpPutResponseHopLimit: 64 }).document).toBe(
      '{"ec2_attributes":{"instance_metadata_defaults":{"http_tokens":{"@@assign":"required"},"http_put_response_hop_limit":{"@@assign":"64"}}}}',
    );
  });

  test('accepts tokens for the hop limit and the message', () => {
    const stack = scratchStack();
    const hops = new CfnParameter(stack, 'Hops', { type: 'Number' });
    const { exception_message, instance_metadata_defaults } = propertiesOf({
      httpPutResponseHopLimit: hops.valueAsNumber, exceptionMessage: Fn.importValue('Message'),
    }, stack).Content.ec2_attributes;
    expect(exception_message).toEqual({ '@@assign': { 'Fn::ImportValue': 'Message' } });
    expect(instance_metadata_defaults.http_put_response_hop_limit).toEqual({ '@@assign': { Ref: 'Hops' } });
  });
});

test('name, description, removal and id are those of the resource', () => {
  const stack = scratchStack();
  const { policyId } = policyWith({ policyName: 'Imds', description: 'why', removalPolicy: RemovalPolicy.RETAIN, targetIds: [] }, stack);
  const [[id, { DeletionPolicy, Properties }]] = Object.entries(Template.fromStack(stack).findResources(POLICY));
  expect([Properties.Name, Properties.Description, Properties.TargetIds, DeletionPolicy]).toEqual(['Imds', 'why', undefined, 'Retain']);
  expect(stack.resolve(policyId)).toEqual({ 'Fn::GetAtt': [id, 'Id'] });
});

test('it is created after earlier policies of the stack', () => {
  const stack = scratchStack();
  new ImdsDeclarativePolicy(stack, 'First', { targetIds: [ROOT] });
  new ImdsDeclarativePolicy(stack, 'Second', { targetIds: ['111122223333'] });
  const [[first], [, second]] = Object.entries(Template.fromStack(stack).findResources(POLICY));
  expect(second.DependsOn).toEqual([first]);
});

describe('a rejected property', () => {
  const HOPS = 'httpPutResponseHopLimit must be a whole number from 1 to 64';
  test.each<[string, Partial<ImdsDeclarativePolicyProps>, string]>([
    ['enforcing what is optional', { httpTokensEnforced: true, httpTokens: DefaultHttpTokens.OPTIONAL },
      'httpTokens must be \'required\' where httpTokensEnforced is true, got \'optional\''],
    ['enforcing no preference', { httpTokensEnforced: true, httpTokens: DefaultHttpTokens.NO_PREFERENCE },
      'httpTokens must be \'required\' where httpTokensEnforced is true, got \'no-preference\''],
    ['no hop', { httpPutResponseHopLimit: 0 }, `${HOPS}, got 0`],
    ['too many hops', { httpPutResponseHopLimit: 65 }, `${HOPS}, got 65`],
    ['half a hop', { httpPutResponseHopLimit: 1.5 }, `${HOPS}, got 1.5`],
    ['a blank message', { exceptionMessage: ' ' }, 'exceptionMessage must be a string that is not blank, got \' \''],
    ['a message that JavaScript leaves out', { exceptionMessage: null as never }, 'exceptionMessage must be a string that is not blank, got null'],
    ['a message that is not a string', { exceptionMessage: 5 as never }, 'exceptionMessage must be a string that is not blank, got 5'],
    ['a word for true or false', { childPoliciesMayOverride: 'false' as never }, "childPoliciesMayOverride must be true or false, got 'false'"],
    ['a message that is too long', { exceptionMessage: 'x'.repeat(9_900) }, 'the policy must fit into 10000 characters, got 100'],
    ['more than the size that is set', { maxDocumentSize: 50 }, 'the policy must fit into 50 characters, got 89'],
    ['a size of nothing', { maxDocumentSize: -1 }, 'maxDocumentSize must be a whole number from 1, got -1'],
    ['an invalid target', { targetIds: ['root'] }, 'targetIds must be ids such as'],
    ['a target twice', { targetIds: [ROOT, ROOT] }, 'targetIds must name each target once, got \'r-ab12\' twice'],
    ['a long description', { description: 'x'.repeat(513) }, 'description must have at most 512 characters, got 513'],
    ['a long name', { policyName: 'x'.repeat(129) }, 'policyName must have 1 to 128 characters, got 129'],
  ])('%s', (_title, props, message) => {
    expect(() => policyWith(props)).toThrow(message);
  });

  test('invalid properties', () => {
    expect(() => new ImdsDeclarativePolicy(scratchStack(), 'Policy', null as never)).toThrow('props must be an object with properties, got null');
  });

  test('texts of the maximum length are accepted', () => {
    expect(() => policyWith({ maxDocumentSize: 89 })).not.toThrow();
    expect(() => policyWith({ maxDocumentSize: 88 })).toThrow('must fit into 88 characters, got 89');
  });
});
