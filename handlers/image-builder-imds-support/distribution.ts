import { EC2 } from '@aws-sdk/client-ec2';
import type { Ami } from '@aws-sdk/client-imagebuilder';
import type { Context } from '../custom-resource/event';
import { messageOf } from '../custom-resource/message-of';
import { requireTokens } from '../images/require-tokens';
import { type Credentials, credentialsOf } from './credentials';
import { roleIn } from './settings';

/** How many images are handled in parallel. */
const AT_ONCE = 20;

/** The most characters of all failure messages. */
const MOST_CHARACTERS = 50_000;

/** The distribution of an image of Image Builder: to Regions of its own account, and to other accounts, where the function assumes a role. */
export class Distribution {
  private readonly credentials = new Map<string, Promise<Credentials>>();

  public constructor(private readonly account: string, private readonly partition: string, private readonly context: Context) {}

  /** Sets `ImdsSupport` on the images, and returns a message for each failure. A slow image does not delay the others. */
  public async requireTokens(amis: readonly Ami[]): Promise<string[]> {
    const failures = new Map<number, string>();
    const waiting = [...amis.entries()];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const failure = await this.failureOf(next[1]);
        if (failure) { failures.set(next[0], failure.slice(0, MOST_CHARACTERS / amis.length)); }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return [...failures].sort(([one], [other]) => one - other).map(([, failure]) => failure);
  }

  private async failureOf({ image = '', region, accountId = this.account }: Ami): Promise<string> {
    try {
      const credentials = accountId === this.account ? undefined : await this.credentialsIn(accountId);
      console.log(region, await requireTokens(new EC2({ region, credentials, maxAttempts: 5 }), image, accountId, this.context));
      return '';
    } catch (error) {
      return `${image} in ${region} of ${accountId}: ${messageOf(error)}`;
    }
  }

  private async credentialsIn(account: string): Promise<Credentials> {
    const known = this.credentials.get(account) ?? credentialsOf(roleIn(account, this.partition), this.context);
    this.credentials.set(account, known);
    return known;
  }
}
