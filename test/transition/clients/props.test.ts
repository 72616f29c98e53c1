import { App, Lazy, Mixin, Stack } from 'aws-cdk-lib';
import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ImdsClientSettings } from '../../../src';

const settings = (props: object) => () => new ImdsClientSettings(props);

test.each<[object, string]>([
  [{ endpointMode: 'ipv6' }, "endpointMode must be one of 'IPv4', 'IPv6', got 'ipv6': did you mean 'IPv6'"],
  [{ endpointMode: 'ipv4' }, "endpointMode must be one of 'IPv4', 'IPv6', got 'ipv4': did you mean 'IPv4'"],
  [{ endpoint: 'http://[fd00:ec2::254]', endpointMode: 'IPv6' }, "endpoint and endpointMode must not be given together, got 'http://[fd00:ec2::254]' and 'IPv6': clients ignore endpointMode if there is an endpoint"],
  [{ endpoint: '169.254.169.254' }, "endpoint must be a URL such as 'http://169.254.169.254' or 'http://[fd00:ec2::254]', got '169.254.169.254'"],
  [{ endpoint: 'http://a"; rm -rf /' }, "endpoint must be a URL such as 'http://169.254.169.254' or 'http://[fd00:ec2::254]', got 'http://a\"; rm -rf /'"],
  [{ endpoint: Lazy.string({ produce: () => 'x' }) }, 'endpoint must be known at synthesis, got an unresolved value'],
  [{ v1Fallback: 'no' }, "v1Fallback must be true or false, got 'no'"],
  [{ v1fallback: false }, "props must not have 'v1fallback', got false: did you mean 'v1Fallback'"],
  [{ v1Fallback: true }, 'props must set something, got v1Fallback true and nothing else'],
  [{ v1Fallback: true, java: true }, 'props must set something, got v1Fallback true, java true and nothing else'],
])('%j is rejected', (props, message) => {
  expect(settings(props)).toThrow(message);
});

test.each<[object, object]>([
  [{}, { AWS_EC2_METADATA_V1_DISABLED: 'true' }],
  [{ v1Fallback: false, endpointMode: 'IPv6' }, { AWS_EC2_METADATA_V1_DISABLED: 'true', AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'IPv6' }],
  [{ v1Fallback: true, disabled: true }, { AWS_EC2_METADATA_DISABLED: 'true' }],
  [{ v1Fallback: true, endpoint: 'http://127.0.0.1:1338/' }, { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1338/' }],
  [{ v1Fallback: true, disableWhereNoInstanceRole: true }, {}],
  [{ v1Fallback: true, endpointMode: 'IPv6', java: true }, { AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'IPv6', JAVA_TOOL_OPTIONS: '-Daws.ec2MetadataServiceEndpointMode=IPv6' }],
])('%j becomes %j', (props, environment) => {
  expect(settings(props)().environment).toEqual(environment);
});

test('it is a mixin that supports resources with clients', () => {
  const stack = new Stack(new App(), 'Stack');
  const mixin = new ImdsClientSettings();
  expect(Mixin.isMixin(mixin)).toBe(true);
  expect(mixin.supports(new CfnTaskDefinition(stack, 'Task'))).toBe(true);
  expect(mixin.supports(stack)).toBe(false);
});

test('a value that is no construct is rejected', () => {
  expect(() => new ImdsClientSettings().applyTo({} as never)).toThrow('construct must be a construct, got {}');
});

test('the variables for places without an instance role are available, too', () => {
  expect(new ImdsClientSettings({ disableWhereNoInstanceRole: true }).environmentWithoutInstanceRole).toEqual({ AWS_EC2_METADATA_DISABLED: 'true' });
  expect(new ImdsClientSettings().environmentWithoutInstanceRole).toEqual({});
});
