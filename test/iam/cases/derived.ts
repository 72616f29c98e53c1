import type { Case } from './table';

/** A request that was derived from another one, and the statements that must deny it. */
export type Derived = Omit<Case, 'when'> & { readonly when: string };

const [HOME, OTHER, THIRD] = ['111122223333', '444455556666', '777788889999'];

/**
 * The Sids of statements that ignore exempt Regions: IAM and Organizations have one Region for all, and a guardrail function acts in all Regions.
 */
const WITHOUT_REGIONS: readonly string[] = [
  'DenyLeavingOrganization', 'DenyUndoingOrganizationPolicies', 'DenyTakingGuardrailRoles', 'DenyMakingExemptRoles',
  'DenyTakingExemptRoles', 'DenyTakingExemptUsers', 'DenyTakingExemptFederatedUsers',
  'DenyTakingGuardrailFunctions', 'DenyFeedingGuardrailFunctions', 'DenyChangingGuardrailRules', 'DenyChangingGuardrailStacks', 'DenyChangingGuardrailStackSets',
];

/** Actions of service-managed stack sets are allowed, because they deploy guardrails to accounts. */
const LET_STACK_SETS_THROUGH: readonly string[] = ['denyUndoingGuardrails', 'denyTakingExemptPrincipals'];

const STACK_SETS_ROLE = 'role/stacksets-exec-0123456789abcdef';

/**
 * Further cases from the denied cases of a factory: the same request is denied in every partition, and only exempt principals are allowed.
 * Exemptions are the same for all requests that the same statements deny, so the first request stands for the others.
 */
export function derivedFrom(cases: readonly Case[]): Derived[] {
  const denials = cases.filter(isDenial);
  const first = [...new Map([...denials].reverse().map(one => [one.denied.join(), one])).values()];
  return [
    ...denials.flatMap(elsewhere),
    ...[ofStackSets, ofExemptPrincipals, ofExemptAccounts, inExemptRegions].flatMap(rule => first.flatMap(rule)),
  ];
}

/** Whether requests can be derived from a case: it is denied by statements that name no account and exempt nobody. */
function isDenial({ denied, arguments: given }: Case): boolean {
  return denied.length > 0 && !/\d{12}|"exempt/.test(JSON.stringify(given));
}

/** The same call in other partitions, Regions and accounts. */
function elsewhere(one: Case): Derived[] {
  return [
    ['aws-cn', 'cn-north-1', OTHER],
    ['aws-us-gov', 'us-gov-west-1', HOME],
    ['aws', 'ap-south-1', HOME],
    ['aws', 'eu-west-1', THIRD],
  ].map(([partition, region, account]) => ({
    ...one,
    when: `${one.when}, in ${partition} ${region} ${account}`,
    request: { ...translated(one.request, partition, region, account), partition, region, account },
  }));
}

/** Condition keys with an ARN have the same value there. */
function translated(request: Case['request'], partition: string, region: string, account: string): Case['request'] {
  const text = JSON.stringify(request).replace(/arn:aws:(\w+):([\w-]*):\d{12}:/g, (_, service: string, its: string) =>
    `arn:${partition}:${service}:${its === '' ? '' : region}:${account}:`);
  return JSON.parse(text) as Case['request'];
}

function ofStackSets(one: Case): Derived[] {
  if (!LET_STACK_SETS_THROUGH.includes(one.factory)) { return []; }
  return [
    by(one, [], `arn:aws:iam::${HOME}:${STACK_SETS_ROLE}`),
    by(one, [], `arn:aws-cn:iam::${OTHER}:${STACK_SETS_ROLE}`),
    by(one, one.denied, `arn:aws:iam::${HOME}:role/other`),
  ];
}

/** Both orders, because a statement can get its own principals before these. */
function ofExemptPrincipals(one: Case): Derived[] {
  const patterns = [`arn:aws:iam::${HOME}:role/platform/*`, 'arn:*:iam::*:user/ops'];
  return [patterns, [...patterns].reverse()].map(exemptPrincipalArns => exempting(one, { exemptPrincipalArns })).flatMap(exempt => [
    by(exempt, [], `arn:aws:iam::${HOME}:role/platform/ImageFactory`),
    by(exempt, [], `arn:aws:iam::${HOME}:user/ops`),
    by(exempt, [], `arn:aws-cn:iam::${OTHER}:user/ops`),
    by(exempt, [], `arn:aws:iam::${OTHER}:user/ops`),
    by(exempt, one.denied, `arn:aws:iam::${HOME}:role/Other`),
    by(exempt, one.denied, `arn:aws:iam::${HOME}:user/opsec`),
    by(exempt, one.denied, `arn:aws:iam::${OTHER}:role/platform/ImageFactory`),
    by(exempt, one.denied, `arn:aws-cn:iam::${HOME}:role/platform/ImageFactory`),
    ...ofStackSets(exempt),
  ]);
}

function ofExemptAccounts(one: Case): Derived[] {
  const exempt = exempting(one, { exemptAccounts: [OTHER, THIRD] });
  return [
    by(exempt, [], `arn:aws:iam::${OTHER}:user/alice`),
    by(exempt, [], `arn:aws:iam::${THIRD}:user/alice`),
    by(exempt, one.denied, `arn:aws:iam::${HOME}:user/alice`),
  ];
}

function inExemptRegions(one: Case): Derived[] {
  const exempt = exempting(one, { exemptRegions: ['eu-west-1', 'eu-central-1'] });
  const kept = one.denied.filter(sid => WITHOUT_REGIONS.includes(sid));
  const called = (region: string, denied: readonly string[]) => ({
    ...exempt, when: `${exempt.when}, in ${region}`, request: { ...translated(one.request, 'aws', region, HOME), region }, denied,
  });
  return [called('eu-west-1', kept), called('eu-central-1', kept), called('ap-south-1', one.denied)];
}

function by(one: Case, denied: readonly string[], principal: string): Derived {
  return { ...one, when: `${one.when}, by ${principal}`, request: { ...one.request, principal }, denied };
}

/** The same statements with exemptions, which are in the properties, the last argument. */
function exempting(one: Case, exemptions: object): Case {
  const last = one.arguments.at(-1);
  const hasProps = typeof last === 'object' && last !== null && !Array.isArray(last);
  const given = hasProps ? one.arguments.slice(0, -1) : one.arguments;
  return { ...one, when: `${one.when}, with ${JSON.stringify(exemptions)}`, arguments: [...given, { ...hasProps ? last : {}, ...exemptions }] };
}
