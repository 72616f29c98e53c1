import { existsSync, mkdirSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Token } from 'aws-cdk-lib';
import { ImdsUsage } from '../../src';
import { SCRATCH } from '../harness/scratch-app';
import { launcher, record, region, written } from './records';

const MISSING = join(SCRATCH, 'missing.json');

/** The error for a mistake in the file, without the path of the file. */
function errorOf(content: unknown): string {
  const path = written(content);
  try {
    ImdsUsage.fromFile(path);
  } catch (error) {
    return String((error as Error).message).replace(path, 'FILE');
  }
  return 'none';
}

describe('a file is rejected with its name, the place, the expected and the found value', () => {
  test.each<[string, unknown, string]>([
    ['another first number of the version', record([], { schemaVersion: '2.0' as '1.0' }),
      "$.schemaVersion in 'FILE' must be a version of the form 1.x: another first number is one that this version of cdk-imdsv2 cannot read, got '2.0'"],
    ['no version', { account: '111122223333' }, "$.schemaVersion in 'FILE' must be a version of the form 1.x: another first number is one that this version of cdk-imdsv2 cannot read, got nothing"],
    ['a number in the place of the account', { ...record([]), account: 111122223333 }, "$.account in 'FILE' must be the 12 digits of an account, got 111122223333"],
    ['a state that there is not', record([region(), region([launcher('a'), { ...launcher('b'), state: 'redy' as 'ready' }], { region: 'us-east-1' })]),
      "$.regions[1].launchers[1].state in 'FILE' must be one of 'required', 'ready', 'in use', 'broken', 'unknown', got 'redy'"],
    ['a kind that there is not', record([region([{ ...launcher('a'), kind: 'fleet' as 'EC2 Fleet' }])]),
      "$.regions[0].launchers[0].kind in 'FILE' must be one of 'Auto Scaling group', 'EKS node group', 'Karpenter node pool', 'Batch compute environment', "
      + "'ECS capacity provider', 'Elastic Beanstalk environment', 'EMR cluster', 'EC2 Fleet', 'Spot Fleet', 'launch template', 'instance', got 'fleet'"],
    ['a time with fractions', record([], { at: '2026-11-30T03:00:00.000Z' }), "$.at in 'FILE' must be a time in UTC, such as '2026-11-30T03:00:00Z', got '2026-11-30T03:00:00.000Z'"],
    ['a day that there is not', record([], { at: '2026-02-30T03:00:00Z' }), "$.at in 'FILE' must be a time in UTC, such as '2026-11-30T03:00:00Z', got '2026-02-30T03:00:00Z'"],
    ['the second of a list', [record([]), { ...record([]), regions: {} }], "$[1].regions in 'FILE' must be a list, got {}"],
    ['no object', 5, "$ in 'FILE' must be an object, got 5"],
    ['null', null, "$ in 'FILE' must be an object, got null"],
  ])('%s', (_, content, message) => {
    expect(errorOf(content)).toBe(message);
  });

  test('invalid JSON', () => {
    expect(errorOf('{"a":')).toMatch(/^'FILE' must be a usage record in JSON, got something else: /);
  });

  test('a missing file, with a link to how it is downloaded', () => {
    expect(() => ImdsUsage.fromFile(MISSING))
      .toThrow(/^path must be the path of a usage record, got '.*missing\.json': this file does not exist, so download it first, as https:.*\/docs\/transition\.md describes$/);
  });

  test('a directory', () => {
    expect(() => ImdsUsage.fromFile(SCRATCH)).toThrow(/EISDIR/);
  });

  test('no files', () => {
    expect(() => ImdsUsage.fromFiles([])).toThrow('paths must name at least one file, got none');
  });

  test('an unresolved path', () => {
    expect(() => ImdsUsage.fromFile(Token.asString({ Ref: 'Path' }))).toThrow('path must be known at synthesis');
  });
});

describe('a newer version of the format is read', () => {
  const newer = { ...record([region([{ ...launcher('a'), kind: 'Quantum fleet' as 'EC2 Fleet' }])]), schemaVersion: '1.7', whatever: 1 };

  test('with unknown kinds and properties', () => {
    expect(errorOf(newer)).toBe('none');
  });

  test('except for faults that are wrong in any version', () => {
    expect(errorOf({ ...newer, quietDays: 0 })).toBe("$.quietDays in 'FILE' must be a whole number of 1 or more, got 0");
  });
});

test('a byte order mark is ignored', () => {
  expect(errorOf(`\uFEFF${JSON.stringify(record([]))}`)).toBe('none');
});

test('a file is read once, at once', () => {
  const path = join(SCRATCH, 'once.json');
  writeFileSync(path, JSON.stringify(record([region([launcher('a')])])));
  const usage = ImdsUsage.fromFile(path);
  rmSync(path);
  expect(existsSync(path)).toBe(false);
  expect(usage._index.regions.map(({ launchers }) => launchers.length)).toEqual([1]);
});

test('of several records of one account and Region the newest counts, in any order and file', () => {
  const [older, newer] = ['a', 'b'].map((name, day) => record([region([launcher(name)])], { at: `2026-11-2${day}T03:00:00Z` }));
  const elsewhere = record([region([launcher('c')], { region: 'us-east-1' })], { at: '2026-11-01T00:00:00Z' });
  for (const all of [[older, newer, elsewhere], [elsewhere, newer, older]]) {
    const usage = ImdsUsage.fromFiles(all.map(each => written(each)));
    expect(usage._index.regions.map(({ region: name, launchers }) => [name, launchers[0].name])).toEqual([['eu-west-1', 'b'], ['us-east-1', 'c']]);
  }
});

describe('a record is rejected', () => {
  /** The error for a record in the folder of an account, as in a bucket. */
  function errorIn(folder: string, content: unknown): string {
    const directory = join(SCRATCH, 'a folder whose name is long, as those of continuous integration often are', 'bucket', 'usage', folder);
    mkdirSync(directory, { recursive: true });
    const path = join(directory, 'latest.json');
    writeFileSync(path, JSON.stringify(content));
    try {
      ImdsUsage.fromFile(path);
      return 'none';
    } catch (error) {
      return (error as Error).message.replace(`'${path}'`, 'FILE');
    }
  }

  test('of another account than that of its folder', () => {
    expect(errorIn('444455556666', record([]))).toBe("account in FILE must be '444455556666', as its folder is called, got '111122223333'");
    expect(errorIn('111122223333', record([]))).toBe('none');
    expect(errorIn('latest', record([]))).toBe('none');
  });

  test('with a time in the future', () => {
    expect(errorOf(record([], { at: '9999-01-01T00:00:00Z' }))).toBe("at in 'FILE' must not be in the future, got '9999-01-01T00:00:00Z'");
  });
});
