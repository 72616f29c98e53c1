import type { Stack } from 'aws-cdk-lib';
import { LiveLayer } from './live-layer';
import type { ReferenceSpelling } from './resolve-uncached';

/** The layers in which the resources of a stack are written. */
export class StackLayers {
  /** The one of L1s with typed properties. */
  public readonly typed: LiveLayer;
  /** The one of generic resources, and of raw overrides. */
  public readonly verbatim: LiveLayer;

  /** @param spelling the form of references in the result; by default, as in the template */
  public constructor(public readonly stack: Stack, public readonly spelling?: ReferenceSpelling) {
    this.typed = LiveLayer.typed(stack, spelling);
    this.verbatim = LiveLayer.verbatim(stack, spelling);
  }
}
