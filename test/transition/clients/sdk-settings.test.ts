import { ImdsClientSettings } from '../../../src';
import { SDKS } from '../../../src/sdks/sdk-table';
import { SDK_SETTINGS } from '../../../src/transition/clients/sdk-settings';

test.each([
  ['AWS SDK for Kotlin', 'never', false],
  ['AWS SDK for Rust', 'never', false],
  ['AWS SDK for Ruby', 'on any error', true],
  ['npm:@aws-sdk/client-s3', 'on any error', true],
  ['boto3', 'where tokens fail', true],
  ['com.amazonaws:aws-java-sdk-core', 'where tokens fail', true],
])('%s falls back %s', (sdk, fallback, v1Fallback) => {
  expect(ImdsClientSettings.knownBy(sdk)).toMatchObject({ fallback, v1Fallback });
});

test('Java 1.x does not support the mode, and AWS documents no property for its endpoint', () => {
  expect(ImdsClientSettings.knownBy('AWS SDK for Java')).toMatchObject({ endpoint: true, endpointMode: false, note: expect.stringContaining('no property for the endpoint') });
});

test('there is no data for an unknown SDK', () => {
  expect(ImdsClientSettings.knownBy('left-pad')).toBeUndefined();
  expect(() => ImdsClientSettings.knownBy(7 as never)).toThrow('sdk must be a string, got 7');
});

test('every name in the table is a known SDK, once', () => {
  const names = SDK_SETTINGS.flatMap(each => each.names);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter(name => !SDKS.some(sdk => sdk.name === name))).toEqual([]);
});
