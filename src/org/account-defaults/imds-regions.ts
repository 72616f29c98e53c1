import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { instance } from '../../model/kinds';
import { checkRegions } from './region-names';

/**
 * The Regions whose account defaults are set, or whose instances are monitored.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 *
 * @example
 * import { ImdsRegions } from 'cdk-imdsv2';
 *
 * const regions = ImdsRegions.of('eu-west-1', 'eu-central-1');
 */
export class ImdsRegions {
  /** The Region that the stack is deployed to. */
  public static own(): ImdsRegions {
    return new ImdsRegions('own');
  }

  /**
   * Every Region that is enabled in the account.
   *
   * Account defaults are set in all Regions that are enabled when the stack is deployed. A Region that is enabled later is reached by the next deployment that
   * changes the defaults, and by drift detection with `ImdsDriftDetection.repair()`. Instances are monitored in all Regions that are enabled at the time.
   */
  public static allEnabled(): ImdsRegions {
    return new ImdsRegions('all enabled');
  }

  /**
   * These Regions. A Region that is not enabled in the account is skipped, and listed in `skippedRegions`. A Region that CDK does not know gives the
   * warning `Imdsv2::UnknownRegion`, because it may be misspelt. The deployment fails if EC2 does not know it.
   *
   * @param regions the codes of the Regions, such as `eu-west-1`, in any order
   * @throws Error if there is no Region, a Region is repeated, or one is not the code of a Region
   */
  public static of(...regions: string[]): ImdsRegions {
    checkRegions('regions', regions);
    return new ImdsRegions([...regions].sort());
  }

  private constructor(private readonly which: 'own' | 'all enabled' | readonly string[]) {}

  /**
   * The codes of the Regions in the stack of a construct. `undefined` if they are only known at deployment.
   *
   * @internal
   */
  public _from(construct: Construct): readonly string[] | undefined {
    switch (this.which) {
      case 'own': return [Stack.of(construct).region];
      case 'all enabled': return undefined;
      default: return this.which;
    }
  }

  /**
   * Whether these are only the Region of the stack itself.
   *
   * @internal
   */
  public get _areOwn(): boolean {
    return this.which === 'own';
  }

  /**
   * Whether some codes are unresolved values of a user.
   *
   * @internal
   */
  public get _areUnresolved(): boolean {
    return typeof this.which !== 'string' && (Token.isUnresolved(this.which) || this.which.some(name => Token.isUnresolved(name)));
  }
}

/** The accepted values of `regions`. */
export const REGIONS = instance('an ImdsRegions, such as ImdsRegions.of(\'eu-west-1\')', value => value instanceof ImdsRegions);
