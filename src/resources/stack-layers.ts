import type { Stack } from 'aws-cdk-lib';
import { LiveLayer } from './live-layer';
import type { ReferenceSpelling } from './resolve-uncached';

/** The layers in which the resources of a stack are written. */
export class StackLayers {
  /** The one of L1s with typed properties. */
  public readonly typed: LiveLayer;
  /** The one of generic resources, and of raw overrides. */
  public readonly verbatim: LiveLayer;

  /** @param spelling how references in what is read are written; as in the template where it is not given */
  public constructor(public readonly stack: Stack, public readonly spelling?: ReferenceSpelling) {
    this.typed = LiveLayer.typed(stack, spelling);
    this.verbatim = LiveLayer.verbatim(stack, spelling);
  }
}
