import type { Answer, Call } from '../harness/aws-server';
import { failed, succeeded, succeededWith } from '../harness/aws-server';
import { element } from '../harness/xml';
import { FakeEc2 } from '../images/fake-ec2';

/** An AMI of an image in Image Builder. */
export interface Ami {
  readonly region: string;
  readonly image: string;
  readonly accountId?: string;
}

/** An image of Image Builder, by default available and with AMIs. */
export interface Built {
  readonly state?: { readonly status: string };
  readonly type?: string;
  readonly sourcePipelineArn?: string;
  readonly outputResources?: { readonly amis?: readonly Ami[]; readonly containers?: readonly object[] };
}

/** The parts of EC2, Image Builder and STS that the handler calls. */
export class FakeAws extends FakeEc2 {
  /** The images of Image Builder, by ARN. */
  public readonly built = new Map<string, Built>();

  /** How often Image Builder returns no image, although it exists. */
  public late = 0;

  /** The roles that can be assumed. */
  public readonly roles = new Set<string>();

  protected override answer(call: Call): Answer {
    switch (call.action) {
      case 'GetImage': return this.getImage(call);
      case 'AssumeRole': return this.assumeRole(call);
      default: return super.answer(call);
    }
  }

  private getImage({ parameters: { imageBuildVersionArn: arn } }: Call): Answer {
    const built = this.late-- > 0 ? undefined : this.built.get(arn);
    return succeededWith({ requestId: 'request', image: built && { arn, state: { status: 'AVAILABLE' }, type: 'AMI', ...built } });
  }

  private assumeRole({ parameters: { RoleArn } }: Call): Answer {
    if (!this.roles.has(RoleArn)) { return failed('AccessDenied', `not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`); }
    const account = RoleArn.split(':')[4];
    const credentials = [['AccessKeyId', `AKID${account}`], ['SecretAccessKey', 'not-a-secret'], ['SessionToken', 'token'], ['Expiration', '2036-01-01T00:00:00Z']];
    const result = `<Credentials>${credentials.map(([name, value]) => element(name, value)).join('')}</Credentials>`;
    return succeeded(`<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>${result}</AssumeRoleResult></AssumeRoleResponse>`);
  }
}
