import type { IAspect } from 'aws-cdk-lib';
import { AspectPriority, Aspects, CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { noteChanges } from './change-log';
import { Enforcement } from './enforcement';
import type { Enforcer } from './enforcer';
import { leftovers } from './leftovers';
import { Pass } from './pass';
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
   * @throws Error where a property is not one that EC2 takes, such as a hop limit of 65, or one above `maxHopLimit`, or where `today` is no date
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
   */
  public static enforce(scope: IConstruct, props: RequireImdsv2Props = {}): void {
    const { enforcer, exemptions } = Enforcement.of(props);
    const early = new EarlyPass(enforcer);
    const last = new LastPass(scope, new Pass(enforcer, exemptions));
    for (const root of [scope, ...scope.node.findAll().filter(construct => construct !== scope && Stage.isStage(construct))]) {
      Aspects.of(root).add(early, { priority: AspectPriority.MUTATING });
      Aspects.of(root).add(last, { priority: LAST_WORD });
    }
    scope.node.root.node.addValidation({ validate: () => leftovers(scope, last.visited, enforcer) });
  }

  private constructor() {}
}

/** Requires tokens before other aspects look, and says nothing of what they may still mend. */
class EarlyPass implements IAspect {
  public constructor(private readonly enforcer: Enforcer) {}

  public visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && this.enforcer.concerns(node)) { noteChanges(node, this.enforcer.requireTokens(node)); }
  }
}

/** Enforces once more what other aspects changed, fills what depends on the rest of the tree, and reports. */
class LastPass implements IAspect {
  /** The scope and the stages that it came by. */
  public readonly visited = new Set<IConstruct>();

  public constructor(private readonly scope: IConstruct, private readonly pass: Pass) {}

  public visit(node: IConstruct): void {
    if (node === this.scope || Stage.isStage(node)) { this.visited.add(node); }
    this.pass.visit(node);
  }
}
