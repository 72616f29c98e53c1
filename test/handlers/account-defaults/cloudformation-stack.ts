import { request, type Result } from '../harness/cloudformation';
import { type Handler, invoke } from '../harness/lambda';
import type { StackView } from './cloudformation-xml';
import type { Defaults, FakeEc2 } from './fake-ec2';

/** The properties of the resource in CloudFormation's form. */
export interface Properties {
  readonly Defaults: Defaults;
  readonly Regions?: readonly string[];
}

/** The resources of a stack, by logical id. */
export interface Resources {
  readonly [logicalId: string]: Properties;
}

export type Answered = Result<{ readonly Regions: string; readonly SkippedRegions: string }>;

/** The failures of a deployment. */
export interface Trouble {
  /** Another resource of the stack fails, after this number of ours has succeeded. */
  readonly anotherFailsAfter?: number;

  /** Lambda ends the function after this number of writes of a request, in each try except the last one, if there is one. */
  readonly diesAfter?: number;

  /** How often Lambda runs an ended function again. CloudFormation gets no response if all of them were ended. */
  readonly attempts?: number;

  /** Whether CloudFormation uses the id of a failed update. */
  readonly takesOverFailedId?: boolean;

  /** Whether CloudFormation does not roll back, so that the next deployment tries again. */
  readonly disableRollback?: boolean;
}

interface Resource {
  properties: Properties;
  physicalId?: string;
  status: string;
}

export const TYPE = 'Custom::ImdsAccountDefaults';

/** The logical id of the resource of a stack with one. */
export const MAIN = 'Resource1A2B3C4D';

/**
 * A stack with custom resources that each have their own function. It deploys like CloudFormation: it updates functions first, also in a rollback. It
 * rolls back after a failure, and deletes former ids and removed resources at the end.
 */
export class CloudFormationStack {
  /** Every request of CloudFormation, with its response, if there was one. */
  public readonly sent: { readonly type: string; readonly isWayBack: boolean; readonly answer?: Answered }[] = [];
  public readonly resources = new Map<string, Resource>();
  public status = 'CREATE_IN_PROGRESS';

  private readonly functions = new Map<string, Properties>();
  private readonly formerIds: { readonly id: string; readonly physicalId: string; readonly properties: Properties }[] = [];
  private trouble: Trouble = {};
  private requests = 0;

  public constructor(private readonly handler: Handler, private readonly ec2: FakeEc2, private readonly prefix = '') {
    ec2.stack = this.view();
  }

  /** The data of the stack in CloudFormation. */
  public view(): StackView {
    const { resources } = this;
    const stack = this;
    return {
      get status() { return stack.status; },
      get resources() {
        return [
          { logicalId: 'Bucket', physicalId: 'bucket', type: 'AWS::S3::Bucket', status: 'CREATE_COMPLETE' },
          ...[...resources].map(([logicalId, { physicalId, status }]) => ({ logicalId, physicalId, type: TYPE, status })),
        ];
      },
    };
  }

  /** Creates or updates the stack, and rolls back after a failure. Returns whether it succeeded. */
  public async deploy(wanted: Resources, trouble: Trouble = {}): Promise<boolean> {
    this.ec2.stack = this.view();
    this.trouble = trouble;
    const made = [...this.resources].filter(([, { status }]) => status !== 'CREATE_FAILED');
    const former = Object.fromEntries(made.map(([id, { properties }]) => [id, properties]));
    const isNew = made.length === 0;
    this.status = isNew ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
    const isThrough = await this.converge(wanted, trouble.anotherFailsAfter);
    this.trouble = {};
    if (isThrough) {
      await this.cleanUp(wanted, isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
    } else if (trouble.disableRollback) {
      this.status = isNew ? 'CREATE_FAILED' : 'UPDATE_FAILED';
    } else if (isNew) {
      await this.delete('ROLLBACK_IN_PROGRESS');
    } else {
      this.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
      await this.converge(former);
      await this.cleanUp(former, 'UPDATE_ROLLBACK_COMPLETE');
    }
    return isThrough;
  }

  /** Deletes the stack. */
  public async delete(status = 'DELETE_IN_PROGRESS'): Promise<void> {
    this.ec2.stack = this.view();
    this.status = status;
    await this.cleanUpIds();
    for (const id of [...this.resources.keys()]) { await this.remove(id); }
  }

  public async create(properties: Properties, id = MAIN): Promise<Answered | undefined> {
    const resource: Resource = { properties, status: 'CREATE_IN_PROGRESS', physicalId: this.resources.get(id)?.physicalId };
    this.resources.set(id, resource);
    this.functions.set(id, properties);
    const answer = await this.send(id, { RequestType: 'Create', ResourceProperties: properties });
    resource.status = answer?.Status === 'SUCCESS' ? 'CREATE_COMPLETE' : 'CREATE_FAILED';
    resource.physicalId = answer?.PhysicalResourceId ?? `Account-${id}-1M9K1D0QTRV3S`;
    return answer;
  }

  public async update(properties: Properties, id = MAIN): Promise<Answered | undefined> {
    const resource = this.resources.get(id)!;
    const { properties: former, physicalId } = resource;
    resource.status = 'UPDATE_IN_PROGRESS';
    resource.properties = properties;
    this.functions.set(id, properties);
    const answer = await this.send(id, { RequestType: 'Update', PhysicalResourceId: physicalId, ResourceProperties: properties, OldResourceProperties: former });
    resource.status = answer?.Status === 'SUCCESS' ? 'UPDATE_COMPLETE' : 'UPDATE_FAILED';
    if (answer && (answer.Status === 'SUCCESS' || this.trouble.takesOverFailedId) && answer.PhysicalResourceId !== physicalId) {
      this.formerIds.push({ id, physicalId: physicalId!, properties: former });
      resource.physicalId = answer.PhysicalResourceId;
    }
    return answer;
  }

  public async remove(id = MAIN): Promise<Answered | undefined> {
    const { properties, physicalId } = this.resources.get(id)!;
    this.resources.get(id)!.status = 'DELETE_IN_PROGRESS';
    const answer = await this.send(id, { RequestType: 'Delete', PhysicalResourceId: physicalId, ResourceProperties: properties });
    this.resources.delete(id);
    return answer;
  }

  /** Deletes the former ids of resources, as CloudFormation does after an update. */
  public async cleanUpIds(): Promise<void> {
    for (const { id, physicalId, properties } of this.formerIds.splice(0)) {
      await this.send(id, { RequestType: 'Delete', PhysicalResourceId: physicalId, ResourceProperties: properties });
    }
  }

  /** Sends a request as CloudFormation does, or as somebody who pretends to be CloudFormation. */
  public async send(id: string, event: { readonly RequestType: string; readonly [name: string]: unknown }): Promise<Answered | undefined> {
    const RequestId = `${this.prefix}${String(++this.requests).padStart(8 - this.prefix.length, '0')}-request`;
    const { attempts = 1 } = this.trouble;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      await this.attempt({ ...request(this.ec2), LogicalResourceId: id, RequestId, ...event }, attempt < attempts || attempts === 1);
    }
    const answer = this.ec2.responses.map(({ body }) => JSON.parse(body) as Answered).find(each => each.RequestId === RequestId);
    this.sent.push({ type: event.RequestType, isWayBack: this.status.includes('ROLLBACK'), answer });
    return answer;
  }

  /** Creates and updates resources that differ. Returns whether it succeeded. */
  private async converge(wanted: Resources, anotherFailsAfter?: number): Promise<boolean> {
    let through = 0;
    for (const [id, properties] of Object.entries(wanted)) {
      if (through === anotherFailsAfter) { return false; }
      const existing = this.resources.get(id);
      const isNew = existing === undefined || existing.status === 'CREATE_FAILED';
      if (existing?.physicalId !== undefined && isNew) {
        this.formerIds.push({ id, physicalId: existing.physicalId, properties: existing.properties });
      }
      if (!isNew && existing.status !== 'UPDATE_FAILED' && JSON.stringify(existing.properties) === JSON.stringify(properties)) { continue; }
      const answer = await (isNew ? this.create(properties, id) : this.update(properties, id));
      if (answer?.Status !== 'SUCCESS') { return false; }
      through += 1;
    }
    return anotherFailsAfter === undefined;
  }

  private async cleanUp(wanted: Resources, status: string): Promise<void> {
    this.status = `${status}_CLEANUP_IN_PROGRESS`;
    await this.cleanUpIds();
    for (const id of [...this.resources.keys()].filter(each => !(each in wanted))) { await this.remove(id); }
    this.status = status;
  }

  private async attempt(event: { readonly LogicalResourceId: string; readonly RequestId: string }, mayDie: boolean): Promise<void> {
    this.configure(event.LogicalResourceId);
    let left = mayDie ? this.trouble.diesAfter ?? Infinity : Infinity;
    this.ec2.onCall = ({ action }) => { if (action === 'ModifyInstanceMetadataDefaults') { left -= 1; } };
    const isDead = () => left <= 0;
    const { ResponseURL } = request(this.ec2) as { readonly ResponseURL: string };
    const alive = { ...event, get ResponseURL() { return isDead() ? 'http://127.0.0.1:1/' : ResponseURL; } };
    await invoke(this.handler, alive, undefined, isDead).catch(() => undefined);
  }

  /** Updates the function of a resource, as CloudFormation does before it updates the resource. */
  public updateFunction(id: string, properties: Properties): void {
    this.functions.set(id, properties);
  }

  /** The environment that CloudFormation wrote into the function of a resource. */
  public configure(id = MAIN): void {
    const { Defaults = {}, Regions } = this.functions.get(id) ?? {} as Partial<Properties>;
    const { HttpPutResponseHopLimit: hops, ...others } = Defaults;
    process.env.IMDS_DEFAULTS = JSON.stringify({ ...others, ...hops && { HttpPutResponseHopLimit: Number(hops) } });
    process.env.IMDS_REGIONS = Regions?.join() ?? '*';
  }
}
