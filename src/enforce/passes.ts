import type { IAspect } from 'aws-cdk-lib';
import { CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { noteChanges } from './change-log';
import type { Enforcer } from './enforcer';
import type { Pass } from './pass';

/** Requires tokens before other aspects run. It reports nothing, because they may still change resources. */
export class EarlyPass implements IAspect {
  public constructor(private readonly enforcer: Enforcer) {}

  public visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node)) { noteChanges(node, this.enforcer.requireTokens(node)); }
  }
}

/** Enforces again after other aspects, fills settings that depend on the rest of the tree, and reports. */
export class LastPass implements IAspect {
  /** The visited scope and stages. */
  public readonly visited = new Set<IConstruct>();

  public constructor(private readonly scope: IConstruct, private readonly pass: Pass) {}

  public visit(node: IConstruct): void {
    if (node === this.scope || Stage.isStage(node)) { this.visited.add(node); }
    this.pass.visit(node);
  }
}
