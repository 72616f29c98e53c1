import { AspectPriority } from 'aws-cdk-lib';
import * as fc from 'fast-check';

/** The day on which exemptions are looked at. */
export const TODAY = '2026-01-15';

/** What may launch instances. */
export interface Host {
  readonly what: 'instance' | 'template' | 'group' | 'group with a template' | 'bastion' | 'L1';
  readonly props: {
    readonly requireImdsv2?: boolean;
    readonly httpTokens?: string;
    readonly httpEndpoint?: boolean;
    readonly httpPutResponseHopLimit?: number;
  };
  /** Part of its id, of its description and of the value of a tag. */
  readonly name: string;
}

export interface AppStack {
  readonly place: 'app' | 'stage' | 'nested' | 'product';
  readonly hosts: readonly Host[];
  /** What CloudFormation makes resources of when it is deployed: their type, and how. */
  readonly made?: { readonly by: 'Fn::ForEach::Each' | 'Fn::Transform'; readonly type: string };
  readonly description: string;
}

/** Where something is put: on the app, on a stack, or on a host of a stack. */
export interface Level {
  readonly stack?: number;
  readonly host?: number;
}

/** An aspect of the user's that sets tokens, deletes all options, or says something else. */
export interface UserAspect {
  readonly at: Level;
  readonly priority: number;
  readonly effect: 'optional' | 'required' | 'deleted' | 'other';
}

export interface UserExemption {
  readonly at: Level;
  readonly by: 'ImdsExemption' | 'acknowledge';
  readonly reason: string;
  readonly expires?: string;
}

export interface UserCheck {
  readonly at: Level;
  readonly isOff: boolean;
}

/** An app of L2s, as somebody writes it, and all that can be said of it. */
export interface AppPlan {
  readonly stacks: readonly AppStack[];
  readonly aspects: readonly UserAspect[];
  /** Whether enforcement is asked for before the aspects of the user's are added. */
  readonly isEnforcedFirst: boolean;
  readonly isStabilized: boolean;
  readonly tags: readonly { readonly at: Level; readonly key: string; readonly value: string }[];
  readonly exemptions: readonly UserExemption[];
  readonly checks: readonly UserCheck[];
}

/** Control characters, what turns the direction of text, and what a pipeline takes for a command. */
const NAME = fc.constantFrom('web', 'a b', '\u202Eevil', 'bell\u0007', '\n::error::no', '##[error]x', '\u2066x\u2069', '${x}', '<b>', '|', '`', '\u0000', 'é\u200D', '__proto__', 'constructor');

const PRIORITY = fc.constantFrom(
  0, AspectPriority.MUTATING - 1, AspectPriority.MUTATING, AspectPriority.MUTATING + 1, AspectPriority.DEFAULT, AspectPriority.READONLY - 2,
  AspectPriority.READONLY - 1, AspectPriority.READONLY, AspectPriority.READONLY + 1,
);

const PROPS = fc.record({
  requireImdsv2: fc.boolean(),
  httpTokens: fc.constantFrom('optional', 'required', 'Optional', '\u202Eoptional'),
  httpEndpoint: fc.boolean(),
  httpPutResponseHopLimit: fc.constantFrom(1, 2, 3, 64),
}, { requiredKeys: [] });

const HOST: fc.Arbitrary<Host> = fc.record({
  what: fc.constantFrom('instance', 'template', 'group', 'group with a template', 'bastion', 'L1'), props: PROPS, name: NAME,
});

const LEVEL: fc.Arbitrary<Level> = fc.oneof(
  fc.constant({}), fc.record({ stack: fc.nat(2) }), fc.record({ stack: fc.nat(2), host: fc.nat(2) }),
);

/** Below the app: what is acknowledged on an app, CDK does not honour. */
const BELOW = LEVEL.map(({ stack = 0, host }) => ({ stack, host }));

const EXEMPTION: fc.Arbitrary<UserExemption> = fc.oneof(
  fc.record({
    at: LEVEL,
    by: fc.constant('ImdsExemption' as const),
    reason: NAME.map(name => `because ${name}`),
    expires: fc.constantFrom('2025-12-31', TODAY, '2026-01-16', '2026-02-01', '2030-01-01'),
  }, { requiredKeys: ['at', 'by', 'reason'] }),
  fc.record({ at: BELOW, by: fc.constant('acknowledge' as const), reason: NAME.map(name => `because ${name}`) }),
);

export const APPS: fc.Arbitrary<AppPlan> = fc.record({
  stacks: fc.array(fc.record({
    place: fc.constantFrom('app', 'app', 'stage', 'nested', 'product'),
    hosts: fc.array(HOST, { minLength: 1, maxLength: 2 }),
    made: fc.record({ by: fc.constantFrom('Fn::ForEach::Each', 'Fn::Transform'), type: fc.constantFrom('AWS::EC2::Instance', 'AWS::S3::Bucket', '${T}') }),
    description: NAME,
  }, { requiredKeys: ['place', 'hosts', 'description'] }), { minLength: 1, maxLength: 2 }),
  aspects: fc.array(fc.record({ at: LEVEL, priority: PRIORITY, effect: fc.constantFrom('optional', 'optional', 'required', 'deleted', 'other') }), { maxLength: 3 }),
  isEnforcedFirst: fc.boolean(),
  isStabilized: fc.boolean(),
  tags: fc.array(fc.record({ at: LEVEL, key: NAME.map(name => `k${name}`), value: NAME }), { maxLength: 2 }),
  exemptions: fc.array(EXEMPTION, { maxLength: 2 }),
  checks: fc.array(fc.record({ at: LEVEL, isOff: fc.boolean() }), { maxLength: 3 }),
});
