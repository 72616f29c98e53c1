import type { App, IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { Validations } from 'aws-cdk-lib';
import type { RequireImdsv2Props } from '../../src';
import { Imdsv2, Imdsv2Validator } from '../../src';
import { Imdsv2NagChecks } from '../../src/nag';
import { scratchApp } from '../harness/scratch-app';
import type { Saying, Verdicts } from './verdicts';
import { mended, verdictsOf, violated, warned } from './verdicts';

/** The verdicts of the aspect, the validator and the pack about one app. */
export interface ThreeWays {
  readonly aspect: Verdicts;
  readonly validator: Verdicts;
  readonly pack: Verdicts;
}

/** The verdicts about an app as the user wrote it, and about the same app with enforcement. */
export interface Compared {
  readonly asWritten: ThreeWays;
  readonly enforced: ThreeWays;
}

/** The settings of the comparison. */
export interface Looked {
  /** The settings to enforce besides tokens. */
  readonly props?: RequireImdsv2Props;
  /** The current day. */
  readonly today?: string;
  /** Adds parts to the enforced app that CDK rejects without enforcement. */
  readonly mendedOnly?: (app: App) => void;
}

/** Builds an app twice, enforces one of them, and collects all verdicts about both. */
export function threeWays(build: (app: App) => void, looked: Looked = {}): Compared {
  const asWritten = synthesized(build, looked);
  const enforced = synthesized(app => enforcing(app, build, looked), looked);
  const warnings = warned(enforced.app);
  const written = new Set(asWritten.app.node.findAll().map(({ node }) => node.path));
  const said = [...warnings, ...mended(asWritten.app, enforced.app, asWritten.checks.validator)].filter(([path]) => written.has(path));
  return {
    asWritten: { ...asWritten.checks, aspect: verdictsOf(said) },
    enforced: { ...enforced.checks, aspect: verdictsOf(warnings) },
  };
}

/** The verdicts about the enforced app only. */
export function enforcedWays(build: (app: App) => void, looked: Looked = {}): ThreeWays {
  const { app, checks } = synthesized(enforced => enforcing(enforced, build, looked), looked);
  return { ...checks, aspect: verdictsOf(warned(app)) };
}

/** The same verdicts three times. */
export function unanimous(verdicts: Verdicts): ThreeWays {
  return { aspect: verdicts, validator: verdicts, pack: verdicts };
}

function enforcing(app: App, build: (app: App) => void, { props = {}, today, mendedOnly }: Looked): void {
  build(app);
  mendedOnly?.(app);
  Imdsv2.enforce(app, { ...props, today });
}

function synthesized(build: (app: App) => void, { today }: Looked) {
  const app = scratchApp();
  const asked = new Asked(today);
  build(app);
  Validations.of(app).addPlugins(asked);
  app.synth();
  return { app, checks: asked.checks };
}

/** Calls the validator and the pack when CDK calls its plugins, and hides their answers from CDK. */
class Asked implements IPolicyValidationPlugin {
  public readonly name = 'Asked';
  private readonly validator: Saying[] = [];
  private readonly pack: Saying[] = [];

  public constructor(private readonly today: string | undefined) {}

  public get checks(): Omit<ThreeWays, 'aspect'> {
    return { validator: verdictsOf(this.validator), pack: verdictsOf(this.pack) };
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    // Before version 2.270, CDK calls plugins for each account and Region separately.
    const props = { today: this.today };
    this.validator.push(...violated(new Imdsv2Validator(props).validate(context)));
    this.pack.push(...violated(new Imdsv2NagChecks(undefined, props).validate(context)));
    return { success: true, violations: [] };
  }
}
