import { EC2 } from '@aws-sdk/client-ec2';
import type { Ami } from '@aws-sdk/client-imagebuilder';
import type { Context } from '../custom-resource/event';
import { messageOf } from '../custom-resource/message-of';
import { requireTokens } from '../images/require-tokens';
import { type Credentials, credentialsOf } from './credentials';
import { roleIn } from './settings';

/** How many images are looked at side by side. */
const AT_ONCE = 20;

/** How many characters the reasons of all failures may have. */
const MOST_CHARACTERS = 50_000;

/** Where an image of Image Builder went: to Regions of its own account, and to other accounts, in which a role is taken. */
export class Distribution {
  private readonly credentials = new Map<string, Promise<Credentials>>();

  public constructor(private readonly account: string, private readonly partition: string, private readonly context: Context) {}

  /** Has launches from the images require tokens, and says in words of each one for which that failed. One that takes long keeps no other waiting. */
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
