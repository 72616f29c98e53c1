import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { INSTANCE_FAMILIES } from '../../src/policy/instance-families';
import type { Virtualization } from '../../src/policy/virtualization';
import { virtualizationOf } from '../../src/policy/virtualization';

const ROWS = [...INSTANCE_FAMILIES.nitro, ...INSTANCE_FAMILIES.xen];

/** Families that aws-cdk-lib writes into templates and EC2 does not have, each with the reason. */
const NO_FAMILY: { readonly [family: string]: string } = {
  'x2g': 'only x2gd was ever launched',
  'parallel5-extended': 'InstanceType.of() does not turn PARALLEL5_EXTENDED into p5e',
  'parallel5-extended-network': 'InstanceType.of() does not turn PARALLEL5_EXTENDED_NETWORK into p5en',
};

/** The families of aws-cdk-lib in templates: `m5` for STANDARD5. */
function familiesOfCdk(): string[] {
  const types = Object.values(InstanceClass).map(family => InstanceType.of(family, InstanceSize.LARGE).toString());
  return [...new Set(types.map(type => type.slice(0, type.lastIndexOf('.'))))];
}

describe('the virtualization of an instance type', () => {
  test.each<[string, Virtualization]>([
    ['t3.micro', 'nitro'], ['t3.*', 'nitro'], ['m4.*', 'xen'], ['optimal.*', 'unknown'], ['t3a.nano', 'nitro'], ['t4g.small', 'nitro'], ['t2.micro', 'xen'], ['t1.micro', 'xen'],
    ['m5.large', 'nitro'], ['m4.16xlarge', 'xen'], ['m1.small', 'xen'], ['m7i-flex.large', 'nitro'], ['m9gd.metal-48xl', 'nitro'],
    ['c5.metal', 'nitro'], ['c4.8xlarge', 'xen'], ['cc2.8xlarge', 'xen'], ['a1.metal', 'nitro'], ['z1d.metal', 'nitro'],
    ['r4.large', 'xen'], ['r8i-flex.large', 'nitro'], ['x1e.32xlarge', 'xen'], ['x2idn.metal', 'nitro'], ['x8aedz.large', 'nitro'],
    ['u-6tb1.metal', 'nitro'], ['u-6tb1.112xlarge', 'nitro'], ['u7inh-32tb.480xlarge', 'nitro'],
    ['i2.xlarge', 'xen'], ['i3en.metal', 'nitro'], ['i4i.metal', 'nitro'], ['d2.xlarge', 'xen'], ['d3en.xlarge', 'nitro'], ['h1.2xlarge', 'xen'],
    ['p2.xlarge', 'xen'], ['p6-b200.48xlarge', 'nitro'], ['p6e-gb200.36xlarge', 'nitro'], ['trn2u.48xlarge', 'nitro'],
    ['g2.2xlarge', 'xen'], ['g3.4xlarge', 'xen'], ['g3s.xlarge', 'xen'], ['g4dn.metal', 'nitro'],
    ['mac1.metal', 'nitro'], ['mac2-m2.metal', 'nitro'], ['mac-m4.metal', 'nitro'], ['hpc7g.4xlarge', 'nitro'], ['vt1.3xlarge', 'nitro'],
  ])('%s: %s', (type, virtualization) => {
    expect(virtualizationOf(type)).toBe(virtualization);
  });

  test.each([
    ['i3.16xlarge', 'i3.metal'],
    ['p3.16xlarge', 'p3dn.24xlarge'],
    ['f1.2xlarge', 'f2.6xlarge'],
  ])('%s is Xen, although its sibling %s is Nitro', (xen, nitro) => {
    expect([virtualizationOf(xen), virtualizationOf(nitro)]).toEqual(['xen', 'nitro']);
  });

  test('depends on the family if the size is new', () => {
    expect([virtualizationOf('t3.1000xlarge'), virtualizationOf('m7i.metal-96xl')]).toEqual(['nitro', 'nitro']);
  });
});

describe('the virtualization is unknown', () => {
  test.each(['m99zz.large', 'm5z.large', 't33.micro', 't.micro', 'u-6tb2.metal', 'mac3.metal', 'p3d.24xlarge', 'i.metal'])(
    'for the invented family of %s', type => {
      expect(virtualizationOf(type)).toBe('unknown');
    });

  test.each(['__proto__.large', 'constructor.large', 'toString.large', 'hasOwnProperty.large', '__proto__', 'constructor'])(
    'for names of inherited object properties: %s', type => {
      expect(virtualizationOf(type)).toBe('unknown');
    });

  test.each([
    '', '.', 't3', 't3.', '.micro', 'i3.metal.', 'T3.micro', 't3.MICRO', ' t3.micro', 't3.micro ', 't3.micro\n', 't3 .micro', 't3_micro',
    'db.t3.micro', 'cache.t3.micro', 't3.small.search', 'ml.m5.large', '${Token[TOKEN.42]}', 't3.${Token[TOKEN.42]}',
  ])('for %j, which is no instance type', type => {
    expect(virtualizationOf(type)).toBe('unknown');
  });

  test.each([
    undefined, null, 3, NaN, true, Symbol('t3.micro'), 3n, {}, [], ['t3.micro'], { Ref: 'Type' }, Object.create(null), new String('t3.micro'),
    () => 't3.micro', InstanceType.of(InstanceClass.T3, InstanceSize.MICRO),
  ])('for what is not a string: case %#', value => {
    expect(virtualizationOf(value)).toBe('unknown');
  });
});

describe('the table of families', () => {
  test('decides every family of aws-cdk-lib', () => {
    const undecided = familiesOfCdk().filter(family => !(family in NO_FAMILY) && virtualizationOf(`${family}.large`) === 'unknown');
    expect(undecided.map(family => `'${family}' is to be added to src/policy/instance-families.ts`)).toEqual([]);
  });

  test.each(Object.entries(NO_FAMILY))('does not have %s: %s', family => {
    expect(virtualizationOf(`${family}.large`)).toBe('unknown');
  });

  test('has each row once', () => {
    expect(ROWS.filter((row, index) => ROWS.indexOf(row) !== index)).toEqual([]);
  });

  test('has rows with the names of EC2', () => {
    expect(ROWS.filter(row => !/^[a-z]+(\d+[a-z]*)?(-[a-z0-9]+)?(\.[a-z0-9-]+)?$/.test(row))).toEqual([]);
  });

  test.each(Object.entries(INSTANCE_FAMILIES))('has only rows that are found: %s', (virtualization, rows) => {
    const types = rows.map(row => row.includes('.') ? row : `${row}.large`);
    expect(types.filter(type => virtualizationOf(type) !== virtualization)).toEqual([]);
  });

  test('has types of their own only if they differ from the family', () => {
    const types = ROWS.filter(row => row.includes('.'));
    const families = types.map(type => virtualizationOf(`${type.slice(0, type.indexOf('.'))}.any`));
    expect(types.map((type, index) => [virtualizationOf(type), families[index]])).toEqual([['nitro', 'xen']]);
  });
});
