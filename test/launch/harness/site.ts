import type { App, CfnResource, Stack, StackProps } from 'aws-cdk-lib';
import { CfnResource as GenericResource, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { scratchStack } from '../../harness/scratch-app';
import type { Launcher, Named } from './launchers';
import { targetOf } from './launchers';
import { readableApp } from './readings';

/** An app for one launcher and what it launches from. */
export class Site {
  public readonly app: App = readableApp();

  public constructor(public readonly subject: Launcher) {}

  /** A stack of the app, or of a stage. */
  public stack(id = 'Stack', scope: Construct = this.app, props: StackProps = {}): Stack {
    return scratchStack(scope, id, props);
  }

  /** Something to launch from; without a name where none is given. */
  public target(scope: Construct, id = 'Target', name?: unknown): CfnResource {
    const target = targetOf(this.subject);
    return target.typed(scope, id, target.properties(name));
  }

  /** The launcher as a typed L1: where it wants a text, an intrinsic function comes as one. */
  public launcher(scope: Construct, named: Named, id = 'Launcher'): CfnResource {
    const texts = Object.fromEntries(Object.entries(named).map(([key, value]) => [key, Token.asString(value)])) as Named;
    return this.subject.typed(scope, id, this.subject.properties(this.subject.reference.keys ? named : texts));
  }

  /** The launcher as a generic resource. */
  public generic(scope: Construct, named: Named, type = this.subject.type): CfnResource {
    return new GenericResource(scope, 'Launcher', { type, properties: this.subject.properties(named) });
  }

  /** The id of a target, and its newest version. */
  public naming(target: CfnResource): Named {
    return { id: target.ref, version: target.getAtt('LatestVersionNumber').toString() };
  }
}

/** What a launcher is expected to launch from: sources, in the alphabet's order, and the versions of each. */
export interface Expected {
  readonly launcher?: string;
  readonly source: string;
  readonly versions: readonly string[];
}

/** A form of naming what a launcher launches from. */
export interface ReferenceForm {
  readonly name: string;
  /** The launchers that can name something so; all of them, where nothing is said. */
  readonly suits?: (subject: Launcher) => boolean;
  /** What templates tell, where they cannot tell what the tree does: a comment beside the form says why. */
  readonly templates?: readonly Expected[];
  /** Builds it, and says what is to be found. */
  build(site: Site): readonly Expected[];
}

/** The one source that most forms have. */
export const TARGET = 'Stack/Target';
/** A source that only a deployment knows. */
export const UNKNOWN = 'unknown';

/** A source in the newest version, by number. */
export function newest(source = TARGET, launcher?: string): readonly Expected[] {
  return [{ source, versions: ['latest number'], launcher }];
}

/** A source in `$Latest`. */
export function latest(source = TARGET, launcher?: string): readonly Expected[] {
  return [{ source, versions: ['latest'], launcher }];
}

/** A raw reference, as in a template. */
export const raw = (logicalId: string): Named => ({ id: { Ref: logicalId }, version: { 'Fn::GetAtt': [logicalId, 'LatestVersionNumber'] } });
