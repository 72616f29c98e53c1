import type { IAspect } from 'aws-cdk-lib';
import { AspectPriority, Aspects, CfnResource, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ImdsPolicy } from '../policy/imds-policy';
import { Enforcer } from './enforcer';
import { leftovers } from './leftovers';
import { Reporter } from './reporter';
import type { RequireImdsv2Props } from './require-imdsv2';

/** After every aspect that changes something, before those that only read. */
const LAST_WORD = AspectPriority.READONLY - 1;

/** Requires IMDSv2 across whole applications. */
export class Imdsv2 {
  /**
   * Requires IMDSv2 on everything under the scope that launches EC2 instances, in every stage.
   *
   * It works at synthesis, as an aspect. Stages have to be there when it is called: one that is created later, or was synthesized before,
   * as by `addStage()` of CDK Pipelines, fails the synthesis if enforcement would change something in it.
   * So does an aspect that adds or weakens something where enforcement has been already.
   *
   * Where scopes inside each other are enforced, the outer one fills a setting first.
   *
   * @param scope an app, a stage, a stack or any other construct
   * @param props what to set besides requiring tokens
   * @throws Error where a property is not one that EC2 takes, such as a hop limit of 65
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
   */
  public static enforce(scope: IConstruct, props: RequireImdsv2Props = {}): void {
    const enforcer = new Enforcer(new ImdsPolicy(props, value => Token.isUnresolved(value)));
    const early = new EarlyPass(enforcer);
    const last = new LastPass(scope, enforcer);
    for (const root of [scope, ...scope.node.findAll().filter(construct => construct !== scope && Stage.isStage(construct))]) {
      Aspects.of(root).add(early, { priority: AspectPriority.MUTATING });
      Aspects.of(root).add(last, { priority: LAST_WORD });
    }
    scope.node.root.node.addValidation({ validate: () => leftovers(scope, last.visited, enforcer) });
  }

  private constructor() {}
}

/** Enforces before other aspects look, and says nothing of what they may still mend. */
class EarlyPass implements IAspect {
  private readonly reporter = new Reporter();

  public constructor(private readonly enforcer: Enforcer) {}

  public visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && this.enforcer.concerns(node)) {
      this.reporter.reportReplacements(node, this.enforcer.enforce(node));
    }
  }
}

/** Enforces once more what other aspects changed, and reports. */
class LastPass implements IAspect {
  /** The scope and the stages that it came by. */
  public readonly visited = new Set<IConstruct>();
  private readonly reporter = new Reporter();

  public constructor(private readonly scope: IConstruct, private readonly enforcer: Enforcer) {}

  public visit(node: IConstruct): void {
    if (node === this.scope || Stage.isStage(node)) { this.visited.add(node); }
    if (!CfnResource.isCfnResource(node) || !this.enforcer.concerns(node)) { return; }
    const outcome = this.enforcer.enforce(node);
    this.reporter.reportReplacements(node, outcome);
    this.reporter.reportFindings(node, outcome);
  }
}
