import { Annotations, App, Aws, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations as Warnings, Match } from 'aws-cdk-lib/assertions';
import type { ImdsGuardrailsProps } from '../../../src';
import { DefaultsBy, GuardHookScope, GuardrailStage, ImdsGuardrails } from '../../../src';
import { checkFit } from '../../../src/org/guardrails/fitting-exemptions';

const { OBSERVE, WARN, ENFORCE } = GuardrailStage;
const [FACTORY, DEPLOYMENT] = ['arn:*:iam::*:role/platform/ImageFactory', 'arn:*:iam::*:role/platform/Deployment'];

function stackOf(account?: string): Stack {
  return new Stack(new App({ builtinCloudFormationValidation: false } as object), 'Guardrails', { env: { account, region: 'us-east-1' } });
}

function guardrails(props: Partial<ImdsGuardrailsProps>, stack = stackOf()): ImdsGuardrails {
  return new ImdsGuardrails(stack, 'Imds', { stage: WARN, targetIds: ['ou-ab12-11111111'], guardHook: GuardHookScope.NONE, ...props });
}

interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition: { readonly ArnNotLike: { readonly 'aws:PrincipalArn': string | string[] } };
}

function statement(sid: string, props: Partial<ImdsGuardrailsProps>): Statement | undefined {
  const documents = guardrails(props).serviceControlPolicy?.documents ?? [];
  return documents.flatMap(document => (JSON.parse(document) as { Statement: Statement[] }).Statement).find(({ Sid }) => Sid === sid);
}

/** The ids of the warnings about exemptions, and about policies that do not fit. */
function warned(props: Partial<ImdsGuardrailsProps>, stack = stackOf()): string[] {
  guardrails(props, stack);
  const found = Warnings.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Imdsv2::(Exemption(?!NotReached)|StageDoesNotFit)'));
  return found.map(({ entry }) => /\[ack: Imdsv2::(\w+)\]/.exec(String(entry.data))![1]).sort();
}

function messages(props: Partial<ImdsGuardrailsProps>, id: string): string[] {
  const stack = stackOf();
  guardrails(props, stack);
  return Warnings.fromStack(stack).findWarning('*', Match.stringLikeRegexp(id)).map(({ entry }) => String(entry.data));
}

/** The error of a stage, or `undefined`. */
function refusalOf(props: Partial<ImdsGuardrailsProps>): string {
  try {
    guardrails(props);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('Exempt roles of ImdsGuardrails', () => {
  test('are protected, together with those of administrators, and administrators are exempt from this', () => {
    const guard = statement('DenyTakingExemptRoles', { exemptPrincipalArns: [FACTORY], administratorArns: [DEPLOYMENT] })!;
    expect(guard.Resource).toEqual(expect.arrayContaining([FACTORY, DEPLOYMENT]));
    expect(guard.Condition.ArnNotLike['aws:PrincipalArn']).toContain(DEPLOYMENT);
    expect(guard.Condition.ArnNotLike['aws:PrincipalArn']).not.toContain(FACTORY);
  });

  test('are not protected if that is turned off, or if nobody is exempt', () => {
    expect(statement('DenyTakingExemptRoles', { exemptPrincipalArns: [FACTORY], denyTakingExemptPrincipals: false })).toBeUndefined();
    expect(statement('DenyTakingExemptRoles', {})).toBeUndefined();
  });

  test('that can use IMDSv1 cannot be created, but passed', () => {
    const props = { stage: ENFORCE, denyImdsv1Credentials: true, imdsv1PrincipalArns: ['arn:*:iam::*:role/legacy/*'] };
    expect(statement('DenyMakingExemptRoles', props)).toMatchObject({ Action: 'iam:CreateRole', Resource: 'arn:*:iam::*:role/legacy/*' });
  });

  test.each<[string, Partial<ImdsGuardrailsProps>, string[]]>([
    ['nothing if administrators are named', { exemptPrincipalArns: [FACTORY], administratorArns: [DEPLOYMENT] }, []],
    ['an exemption without protection', { exemptPrincipalArns: [FACTORY], administratorArns: [DEPLOYMENT], denyTakingExemptPrincipals: false }, ['ExemptionNotGuarded']],
    ['administrators without protection', { administratorArns: [DEPLOYMENT], denyTakingExemptPrincipals: false }, ['ExemptionNotGuarded']],
    ['exempt roles that no principal can change', { exemptPrincipalArns: [FACTORY] }, ['ExemptionFrozen']],
    ['a pattern that is too wide', { exemptPrincipalArns: ['arn:*:iam::*:role/*e*'], administratorArns: [DEPLOYMENT] }, ['ExemptionOfUsualBootstrap', 'ExemptionStopsDeployments', 'ExemptionTooWide']],
    ['the role that deploys', { exemptPrincipalArns: ['arn:*:iam::*:role/cdk-hnb659fds-cfn-exec-role-*'], administratorArns: [DEPLOYMENT] }, ['ExemptionOfUsualBootstrap', 'ExemptionStopsDeployments']],
    ['administrators that every principal can become', { administratorArns: ['arn:*:iam::*:role/cdk-hnb659fds-deploy-role-*'] }, ['ExemptionOfUsualBootstrap']],
    ['the account of the stack', { exemptAccounts: [Aws.ACCOUNT_ID] }, ['ExemptionOfOwnAccount']],
    ['nothing where that is a delegated administrator\'s', { exemptAccounts: [Aws.ACCOUNT_ID], delegatedAdmin: true }, []],
    ['an IMDSv1 principal that everybody can create', {
      stage: ENFORCE, denyImdsv1Credentials: true, imdsv1PrincipalArns: ['arn:*:iam::*:role/legacy/*'], denyTakingExemptPrincipals: false,
    }, ['ExemptionNotGuarded']],
  ])('cause a warning about %s, in every stage', (_, props, ids) => {
    expect([OBSERVE, WARN, ENFORCE].filter(stage => props.stage === undefined || props.stage === stage).map(stage => warned({ ...props, stage })))
      .toEqual(props.stage === undefined ? [ids, ids, ids] : [ids]);
  });

  test('cause a warning about a parameter', () => {
    const stack = stackOf();
    const parameter = new CfnParameter(stack, 'Account');
    expect(warned({ exemptAccounts: [parameter.valueAsString] }, stack)).toEqual(['ExemptionNotKnown']);
  });

  test('can have a warning acknowledged where they are defined', () => {
    const stack = stackOf();
    const construct = guardrails({ exemptPrincipalArns: [FACTORY] }, stack);
    Annotations.of(construct).acknowledgeWarning('Imdsv2::ExemptionFrozen');
    expect(Warnings.fromStack(stack).findWarning('*', Match.stringLikeRegexp('ExemptionFrozen'))).toEqual([]);
  });
});

/** Some roles. More of them fit if their names are shorter. */
const roles = (count: number, length = 29) => Array.from({ length: count }, (_, index) => `arn:*:iam::*:role/platform/${String(index).padStart(length, '0')}`);

describe('The policies of the last stage are measured in earlier stages', () => {
  /** So many roles that the statements of the stage `WARN` fit into nine policies, and those of `ENFORCE` do not. */
  const MANY = { exemptPrincipalArns: roles(165), administratorArns: [DEPLOYMENT] };

  test('exempt principals that will not fit are reported in earlier stages, with the number that fits', () => {
    const refused = () => guardrails({ ...MANY, stage: ENFORCE });
    expect(refused).toThrow(/got \d+: at most \d+ exemptPrincipalArns fit in every stage, got 165, so name them by a path or a pattern, such as 'arn:\*:iam::\*:role\/platform\/\*'/);
    expect(() => guardrails({ ...MANY, stage: WARN })).not.toThrow();
    for (const stage of [OBSERVE, WARN]) {
      expect(messages({ ...MANY, stage }, 'StageDoesNotFit')).toEqual([
        expect.stringMatching(/the stage enforce will be refused: .* at most \d+ exemptPrincipalArns fit in every stage, got 165/),
      ]);
    }
  });

  test.each<[string, Partial<ImdsGuardrailsProps>]>([
    ['exemptPrincipalArns', { exemptPrincipalArns: roles(186), administratorArns: [DEPLOYMENT] }],
    ['exemptPrincipalArns', { exemptPrincipalArns: roles(60, 50), administratorArns: roles(40), denyImdsv1Credentials: true, imdsv1PrincipalArns: roles(50) }],
    ['administratorArns', { administratorArns: roles(200) }],
    ['administratorArns', { administratorArns: roles(200, 20), exemptPrincipalArns: [FACTORY] }],
    ['imdsv1PrincipalArns', { imdsv1PrincipalArns: roles(300), denyImdsv1Credentials: true, administratorArns: [DEPLOYMENT] }],
  ])('the reported number of %s fits, and one more does not', (name, props) => {
    const given = props[name as keyof ImdsGuardrailsProps] as string[];
    const refusal = refusalOf({ ...props, stage: ENFORCE });
    const [, most, got] = new RegExp(`at most (\\d+) ${name} fit in every stage, got (\\d+), so`).exec(refusal)!.map(Number);
    const first = (count: number) => ({ ...props, [name]: given.slice(0, count), stage: ENFORCE });
    expect(got).toBe(given.length);
    expect(refusalOf(first(most))).toBe('');
    expect(refusalOf(first(most + 1))).toContain(`at most ${most} ${name} fit in every stage, got ${most + 1}`);
  });

  test('an earlier stage that is rejected has the number of the last stage, so that the number does not decrease', () => {
    const props = { administratorArns: roles(200) };
    const most = /at most \d+ administratorArns fit in every stage/.exec(refusalOf({ ...props, stage: ENFORCE }))![0];
    expect(refusalOf({ ...props, stage: WARN })).toContain(most);
  });

  test('with the longest names of stack sets', () => {
    const props = { denyTakingExemptPrincipals: false, administratorArns: roles(238, 10), defaultsBy: DefaultsBy.STACK_SET };
    const enforcing = { ...props, stage: ENFORCE, targetIds: ['r-ab12'], guardHook: GuardHookScope.NONE };
    expect(() => checkFit(enforcing, [{ stackSetName: 'x', stackNamePattern: 'x' }], stackOf())).not.toThrow();
    expect(messages({ ...props, stage: OBSERVE }, 'StageDoesNotFit')).toEqual([expect.stringContaining('at most 237 administratorArns fit')]);
  });

  test('two lists that are both too long are both named', () => {
    expect(refusalOf({ stage: ENFORCE, exemptPrincipalArns: roles(300), administratorArns: roles(200) }))
      .toMatch(/: exemptPrincipalArns and administratorArns are too long, so name them by a path or a pattern, such as/);
  });

  test('a message that is too long for the declarative policy is reported, too', () => {
    expect(messages({ stage: OBSERVE, exceptionMessage: 'x'.repeat(10_000) }, 'StageDoesNotFit')).toEqual([expect.stringContaining('the policy must fit into 10000 characters')]);
  });

  test.each(Object.values(DefaultsBy))('nothing is said where everything fits, with defaults by a %s', defaultsBy => {
    expect(warned({ stage: OBSERVE, defaultsBy })).toEqual([]);
  });
});
