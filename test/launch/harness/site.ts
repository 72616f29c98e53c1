import type { App, CfnResource, Stack, StackProps } from 'aws-cdk-lib';
import { CfnResource as GenericResource, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { scratchStack } from '../../harness/scratch-app';
import type { Launcher, Named } from './launchers';
import { targetOf } from './launchers';
import { readableApp } from './readings';

/** An app for one launcher and its source. */
export class Site {
  public readonly app: App = readableApp();

  public constructor(public readonly subject: Launcher) {}

  /** A stack of the app, or of a stage. */
  public stack(id = 'Stack', scope: Construct = this.app, props: StackProps = {}): Stack {
    return scratchStack(scope, id, props);
  }

  /** A source, by default without a name. */
  public target(scope: Construct, id = 'Target', name?: unknown): CfnResource {
    const target = targetOf(this.subject);
    return target.typed(scope, id, target.properties(name));
  }

  /** The launcher as a typed L1. An intrinsic function replaces a text. */
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

/** The expected sources of a launcher, sorted, and their versions. */
export interface Expected {
  readonly launcher?: string;
  readonly source: string;
  readonly versions: readonly string[];
}

/** A form of a reference to a source. */
export interface ReferenceForm {
  readonly name: string;
  /** The launchers that support the form. All by default. */
  readonly suits?: (subject: Launcher) => boolean;
  /** The result from templates, if it differs from that of the tree. A comment beside the form has the reason. */
  readonly templates?: readonly Expected[];
  /** Builds it, and returns the expected result. */
  build(site: Site): readonly Expected[];
}

/** The only source of most forms. */
export const TARGET = 'Stack/Target';
/** A source that is only known at deployment. */
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
