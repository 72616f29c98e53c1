import { AspectPriority } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import type { UserExemption } from './exemptions';
import { exemption } from './exemptions';
import { NAME } from './names';

/** Kinds of launchers. */
export interface Host {
  readonly what: 'instance' | 'template' | 'group' | 'group with a template' | 'bastion' | 'L1' | 'generic' | 'L1 before its template' | 'L1 after its template';
  readonly props: {
    readonly requireImdsv2?: boolean;
    readonly httpTokens?: string;
    readonly httpEndpoint?: boolean;
    readonly httpPutResponseHopLimit?: number;
  };
  /** A part of its id, of its description and of the value of a tag. */
  readonly name: string;
}

export interface AppStack {
  readonly place: 'app' | 'stage' | 'nested' | 'product';
  readonly hosts: readonly Host[];
  /** Elements from which CloudFormation creates resources at deployment: their type and form. */
  readonly made?: { readonly by: 'Fn::ForEach::Each' | 'Fn::Transform'; readonly type: string };
  readonly description: string;
}

/** A place: on the app, on the stage of a stack, on a stack, on a host of a stack, or on one of its resources with options. */
export interface Level {
  readonly stack?: number;
  readonly isStage?: true;
  readonly host?: number;
  readonly resource?: number;
}

/** Aspects that rewrite typed properties. Their priority is that of mutating aspects. */
export type Rewriting = 'spread' | 'spread optional' | 'fresh' | 'another type';

/** An aspect of the user that sets tokens, deletes all options, sets another option, or rewrites options. */
export interface UserAspect {
  readonly at: Level;
  readonly priority: number;
  readonly effect: 'optional' | 'required' | 'deleted' | 'other' | Rewriting;
}

export interface UserCheck {
  readonly at: Level;
  readonly isOff: boolean;
}

/** An app of L2s as users write it, with all its variations. */
export interface AppPlan {
  readonly stacks: readonly AppStack[];
  readonly aspects: readonly UserAspect[];
  /** Whether enforcement is called before the aspects of the user are added. */
  readonly isEnforcedFirst: boolean;
  readonly isStabilized: boolean;
  /** Whether CDK gives the launch templates that it adds names of their own: without that, those of several stacks may have one. */
  readonly hasUniqueNames: boolean;
  readonly tags: readonly { readonly at: Level; readonly key: string; readonly value: string }[];
  readonly exemptions: readonly UserExemption[];
  readonly checks: readonly UserCheck[];
}

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
  what: fc.constantFrom(
    'instance', 'template', 'group', 'group with a template', 'bastion', 'L1', 'generic', 'L1 before its template', 'L1 after its template',
  ),
  props: PROPS,
  name: NAME,
});

const LEVEL: fc.Arbitrary<Level> = fc.oneof(
  fc.constant({}),
  fc.record({ stack: fc.nat(2) }),
  fc.record({ stack: fc.nat(2), isStage: fc.constant(true as const) }),
  fc.record({ stack: fc.nat(2), host: fc.nat(2) }),
  fc.record({ stack: fc.nat(2), host: fc.nat(2), resource: fc.nat(2) }),
);

const ASPECT: fc.Arbitrary<UserAspect> = fc.oneof(
  fc.record({ at: LEVEL, priority: PRIORITY, effect: fc.constantFrom('optional', 'optional', 'required', 'deleted', 'other') }),
  fc.record({
    at: LEVEL,
    priority: fc.constantFrom(0, AspectPriority.MUTATING - 1, AspectPriority.MUTATING + 1, AspectPriority.DEFAULT, AspectPriority.READONLY - 2),
    effect: fc.constantFrom<Rewriting>('spread', 'spread optional', 'fresh', 'another type'),
  }),
);

export const APPS: fc.Arbitrary<AppPlan> = fc.record({
  stacks: fc.array(fc.record({
    place: fc.constantFrom('app', 'app', 'stage', 'nested', 'product'),
    hosts: fc.array(HOST, { minLength: 1, maxLength: 2 }),
    made: fc.record({ by: fc.constantFrom('Fn::ForEach::Each', 'Fn::Transform'), type: fc.constantFrom('AWS::EC2::Instance', 'AWS::S3::Bucket', '${T}') }),
    description: NAME,
  }, { requiredKeys: ['place', 'hosts', 'description'] }), { minLength: 1, maxLength: 2 }),
  aspects: fc.array(ASPECT, { maxLength: 3 }),
  isEnforcedFirst: fc.boolean(),
  isStabilized: fc.boolean(),
  hasUniqueNames: fc.boolean(),
  tags: fc.array(fc.record({ at: LEVEL, key: NAME.map(name => `k${name}`), value: NAME }), { maxLength: 2 }),
  exemptions: fc.array(exemption(LEVEL), { maxLength: 3 }),
  checks: fc.array(fc.record({ at: LEVEL, isOff: fc.boolean() }), { maxLength: 3 }),
});
