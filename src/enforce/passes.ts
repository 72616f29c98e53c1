import type { IAspect } from 'aws-cdk-lib';
import { CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { noteChanges } from './change-log';
import type { Enforcer } from './enforcer';
import type { Pass } from './pass';

/** Requires tokens before other aspects look, and says nothing of what they may still mend. */
export class EarlyPass implements IAspect {
  public constructor(private readonly enforcer: Enforcer) {}

  public visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node)) { noteChanges(node, this.enforcer.requireTokens(node)); }
  }
}

/** Enforces once more what other aspects changed, fills what depends on the rest of the tree, and reports. */
export class LastPass implements IAspect {
  /** The scope and the stages that it came by. */
  public readonly visited = new Set<IConstruct>();

  public constructor(private readonly scope: IConstruct, private readonly pass: Pass) {}

  public visit(node: IConstruct): void {
    if (node === this.scope || Stage.isStage(node)) { this.visited.add(node); }
    this.pass.visit(node);
  }
}
