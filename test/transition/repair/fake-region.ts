import type { Question, Verdicts } from '../../../handlers/imdsv1-record/verdicts';
import { StatesError } from '../../harness/states-language/expressions';
import type { VirtualClock } from '../../harness/states-language/virtual-clock';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** An instance in EC2, and how its software uses the metadata service. */
export interface FakeInstance {
  readonly id: string;
  state: 'running' | 'stopped' | 'terminated' | 'shutting-down';
  tokens: 'optional' | 'required';
  hops: number;
  endpoint: 'enabled' | 'disabled';
  tags: { [key: string]: string };
  launched: number;
  managed?: boolean;
  /** When it first published its metrics. It has published them since then, except in `gaps`. */
  published: number;
  /** Days without data, by the start of each. */
  gaps: number[];
  /** When software on it called IMDSv1, and how often. */
  calls: { at: number; count: number }[];
  /** Whether software on it still uses IMDSv1 after it is required, and is refused. */
  speaksV1: boolean;
  turnedAt?: number;
  /** Whether EC2 no longer returns it. */
  forgotten?: boolean;
}

export function fakeInstance(id: string, now: number, settings: Partial<FakeInstance> = {}): FakeInstance {
  return {
    id,
    state: 'running',
    tokens: 'optional',
    hops: 1,
    endpoint: 'enabled',
    tags: {},
    launched: now - 60 * DAY,
    published: now - 60 * DAY,
    gaps: [],
    calls: [],
    speaksV1: false,
    ...settings,
  };
}

interface Args {
  readonly [name: string]: never;
}

/** A call, and its time. */
export interface Made {
  readonly name: string;
  readonly args: Args;
  readonly at: number;
}

const noExecution = (): string => { throw new Error('nothing is deployed here'); };
const usualLatency = (): number => 40;
const noFault = (_call: Made): StatesError | undefined => undefined;
const nothing = (_call: Made): void => undefined;
const itself = (result: Series): object[] => [result];

/** The part of a Region that a repair calls, in memory and in virtual time. */
export class FakeRegion {
  public readonly instances = new Map<string, FakeInstance>();
  public readonly objects = new Map<string, string>();
  public readonly items = new Map<string, { [name: string]: { S: string } }>();
  public readonly made: Made[] = [];
  public readonly findings: string[] = [];
  public readonly clusters = new Map<string, string[]>();
  public readonly groups = new Map<string, object>();
  public readonly templates = new Map<string, object>();
  public readonly configurations = new Map<string, object>();
  public readonly executions = new Map<string, string>();
  /** The duration of a call, in milliseconds. */
  public latency: typeof usualLatency = usualLatency;
  /** Returns the error of a call, if it fails. */
  public fault: typeof noFault = noFault;
  /** Happens before a call returns. */
  public beside: typeof nothing = nothing;
  /** Changes a result of CloudWatch. */
  public metricsOf: typeof itself = itself;
  /** Executions that others have started. */
  public readonly started: Promise<unknown>[] = [];
  /** Starts an execution of a state machine from its ARN, an input and a name, and returns the ARN of the execution. */
  public startExecution: (stateMachine: string, input: object, name: string) => string = noExecution;
  public record: ((question: Question) => Verdicts) | undefined;

  private readonly answers = {
    'ec2:describeTags': ({ Filters, MaxResults, NextToken }: Args) => {
      const [, { Name, Values }] = Filters as { Name: string; Values: string[] }[];
      const key = Name === 'key' ? Values[0] : Name.replace(/^tag:/, '');
      const isWanted = ({ tags, forgotten }: FakeInstance) => !forgotten && key in tags && (Name === 'key' || Values.includes(tags[key]));
      const found = [...this.instances.values()].filter(isWanted);
      return page(found.map(({ id, tags }) => ({ Key: key, ResourceId: id, ResourceType: 'instance', Value: tags[key] })), 'Tags', MaxResults, NextToken);
    },
    'ec2:describeInstanceStatus': ({ MaxResults, NextToken }: Args) => {
      const found = [...this.instances.values()].filter(({ forgotten }) => !forgotten);
      return page(found.map(({ id, state }) => ({ InstanceId: id, InstanceState: { Name: state } })), 'InstanceStatuses', MaxResults, NextToken);
    },
    'config:getComplianceDetailsByConfigRule': ({ Limit, NextToken }: Args) => page(this.findings.map(ResourceId => ({
      EvaluationResultIdentifier: { EvaluationResultQualifier: { ConfigRuleName: 'rule', ResourceType: 'AWS::EC2::Instance', ResourceId } },
    })), 'EvaluationResults', Limit, NextToken),
    'ec2:describeInstances': ({ Filters }: Args) => {
      const [{ Values }] = Filters as { Values: string[] }[];
      const found = Values.flatMap(id => this.instances.get(id) ?? []).filter(({ forgotten }) => !forgotten);
      return { Reservations: found.map(each => ({ ReservationId: 'r-1', Instances: [described(each)] })) };
    },
    'cloudwatch:getMetricData': ({ MetricDataQueries, StartTime, EndTime }: Args) => ({
      MetricDataResults: (MetricDataQueries as Query[]).flatMap(query =>
        this.metricsOf(this.series(query, Date.parse(StartTime), Date.parse(EndTime)))),
    }),
    'ecs:listClusters': ({ NextToken }: Args) => page([...this.clusters.keys()], 'ClusterArns', 100 as never, NextToken),
    'ecs:describeClusters': ({ Clusters }: Args) => ({
      Clusters: (Clusters as string[]).map(ClusterArn => ({ ClusterArn, RegisteredContainerInstancesCount: this.clusters.get(ClusterArn)!.length })),
    }),
    'ecs:listContainerInstances': ({ Cluster, Filter }: Args) => ({
      ContainerInstanceArns: this.clusters.get(Cluster)!.filter(id => (Filter as string).includes(id)).map(id => `${String(Cluster)}/${id}`),
    }),
    'ecs:describeContainerInstances': ({ ContainerInstances }: Args) => ({
      ContainerInstances: (ContainerInstances as string[]).map(arn => ({ Ec2InstanceId: arn.split('/').pop() })),
    }),
    'autoscaling:describeAutoScalingGroups': ({ AutoScalingGroupNames: names }: Args) => ({ AutoScalingGroups: list(this.groups.get(names[0])) }),
    'autoscaling:describeLaunchConfigurations': ({ LaunchConfigurationNames: names }: Args) => ({
      LaunchConfigurations: list(this.configurations.get(names[0])),
    }),
    'ec2:describeLaunchTemplateVersions': ({ LaunchTemplateId, Versions }: Args) => {
      const [version] = Versions as string[];
      const LaunchTemplateData = this.templates.get(`${String(LaunchTemplateId)} ${version}`);
      if (!LaunchTemplateData) { throw new StatesError('Ec2.Ec2Exception', 'Could not find the launch template version (Service: Ec2, Status Code: 400)'); }
      return { LaunchTemplateVersions: [{ LaunchTemplateId, VersionNumber: Number(version) || 1, LaunchTemplateData }] };
    },
    'ec2:modifyInstanceMetadataOptions': ({ InstanceId, HttpTokens, HttpPutResponseHopLimit, ...others }: Args) => {
      if (Object.keys(others).length > 0) { throw new Error(`${Object.keys(others).join(' ')} is to be left alone`); }
      const found = this.instances.get(InstanceId);
      if (!found || found.forgotten) { throw new StatesError('Ec2.Ec2Exception', `The instance ID '${String(InstanceId)}' does not exist (Service: Ec2, Status Code: 400)`); }
      if (found.state === 'terminated') { throw new StatesError('Ec2.Ec2Exception', `The instance '${String(InstanceId)}' is not in a valid state (Service: Ec2, Status Code: 400)`); }
      if (HttpTokens) { found.tokens = HttpTokens; found.turnedAt = HttpTokens === 'required' ? this.clock.now : undefined; }
      if (HttpPutResponseHopLimit) { found.hops = HttpPutResponseHopLimit; }
      return { InstanceId, InstanceMetadataOptions: { State: 'pending', HttpTokens: found.tokens, HttpPutResponseHopLimit: found.hops } };
    },
    's3:putObject': ({ Key, Body }: Args) => { this.objects.set(Key, Body); return { ETag: 'x' }; },
    's3:getObject': ({ Key }: Args) => {
      const Body = this.objects.get(Key);
      if (Body === undefined) { throw new StatesError('S3.NoSuchKeyException', 'The specified key does not exist. (Service: S3, Status Code: 404)'); }
      return { Body };
    },
    's3:listObjectsV2': ({ Prefix, MaxKeys, StartAfter }: Args) => {
      const keys = [...this.objects.keys()].filter(key => key.startsWith(Prefix) && key > String(StartAfter ?? '')).sort();
      return { KeyCount: Math.min(keys.length, MaxKeys), IsTruncated: keys.length > MaxKeys, Contents: keys.slice(0, MaxKeys).map(Key => ({ Key })) };
    },
    's3:deleteObjects': ({ Delete }: Args) => {
      const { Objects } = Delete as { Objects: { Key: string }[] };
      return { Deleted: Objects.filter(({ Key }) => this.objects.delete(Key)) };
    },
    'dynamodb:batchWriteItem': ({ RequestItems }: Args) => {
      const written = Object.values(RequestItems as { [table: string]: { PutRequest: { Item: { id: { S: string } } } }[] }).flat();
      for (const { PutRequest: { Item } } of written) { this.items.set(Item.id.S, Item); }
      return { UnprocessedItems: {} };
    },
    'dynamodb:batchGetItem': ({ RequestItems }: Args) => {
      const asked = Object.entries(RequestItems as { [table: string]: { Keys: { id: { S: string } }[] } });
      const answers = asked.map(([table, { Keys }]) => [table, Keys.map(({ id }) => this.items.get(id.S)).filter(Boolean)]);
      return { Responses: Object.fromEntries(answers) as object, UnprocessedKeys: {} };
    },
    'dynamodb:getItem': ({ Key }: Args) => ({ Item: this.items.get((Key as { id: { S: string } }).id.S) }),
    'dynamodb:putItem': ({ Item, ConditionExpression, ExpressionAttributeValues }: Args) => {
      const { id: { S: id } } = Item as { id: { S: string } };
      this.checkCondition(id, ConditionExpression, ExpressionAttributeValues);
      this.items.set(id, Item);
      return {};
    },
    'dynamodb:deleteItem': ({ Key, ConditionExpression, ExpressionAttributeValues }: Args) => {
      const { id: { S: id } } = Key as { id: { S: string } };
      this.checkCondition(id, ConditionExpression, ExpressionAttributeValues);
      this.items.delete(id);
      return {};
    },
    'sfn:describeExecution': ({ ExecutionArn }: Args) => {
      const Status = this.executions.get(ExecutionArn);
      if (!Status) { throw new StatesError('Sfn.ExecutionDoesNotExistException', 'Execution does not exist'); }
      return { ExecutionArn, Status };
    },
    'sfn:startExecution': ({ StateMachineArn, Input, Name }: Args) => {
      if ([...this.executions.keys()].some(arn => arn.endsWith(`:${String(Name)}`))) {
        throw new StatesError('Sfn.ExecutionAlreadyExistsException', 'Execution Already Exists');
      }
      return { ExecutionArn: this.startExecution(StateMachineArn, JSON.parse(Input) as object, Name) };
    },
    'lambda:invoke': ({ Payload }: Args) => ({ Payload: this.record!(Payload) }),
  };

  public constructor(public readonly clock: VirtualClock) {}

  public readonly integration = async (name: string, args: never): Promise<unknown> => {
    const call = { name: name.replace('aws-sdk:', ''), args: args as Args, at: this.clock.now };
    this.made.push(call);
    this.beside(call);
    const fault = this.fault(call);
    await this.clock.sleep(this.latency());
    if (fault) { throw fault; }
    const answer = (this.answers as { [name: string]: (given: Args) => unknown })[call.name];
    if (!answer) { throw new Error(`${call.name} is not known here`); }
    return answer(call.args);
  };

  public add(...instances: FakeInstance[]): void {
    instances.forEach(each => this.instances.set(each.id, each));
  }

  /** The object whose key has this ending. */
  public json<Value>(end: string): Value {
    const [, text] = [...this.objects].find(([key]) => key.endsWith(end)) ?? [];
    if (text === undefined) { throw new Error(`there is no object ${end}`); }
    return JSON.parse(text) as Value;
  }

  /** The conditions of the lock. Others are not supported. */
  private checkCondition(id: string, condition: string | undefined, values: { readonly [name: string]: { readonly S: string } }): void {
    if (condition === undefined) { return; }
    const holder = this.items.get(id)?.holder?.S;
    const holds = condition.split(' OR ').some(part => {
      const [, name] = /^holder = (:\w+)$/.exec(part) ?? [];
      if (part === 'attribute_not_exists(id)') { return !this.items.has(id); }
      if (name === undefined) { throw new Error(`${part} is not known here`); }
      return holder !== undefined && holder === values[name].S;
    });
    if (!holds) { throw new StatesError('DynamoDB.ConditionalCheckFailedException', 'The conditional request failed'); }
  }

  /** The daily sums of an instance: IMDSv1 calls that were answered while it was optional, or refused after it was required. */
  private series({ Id, MetricStat: { Metric: { MetricName, Dimensions: [{ Value }] }, Period } }: Query, from: number, until: number): Series {
    if (Period !== 86_400) { throw new Error(`a period of ${Period} is not known here`); }
    const instance = this.instances.get(Value);
    const points: [number, number][] = [];
    for (let day = Math.floor(from / DAY) * DAY; instance && day < until; day += DAY) {
      const value = MetricName === 'MetadataNoToken' ? answeredOn(instance, day, until) : refusedOn(instance, day, until);
      if (value !== undefined) { points.push([day, value]); }
    }
    return { Id, StatusCode: 'Complete', Timestamps: points.map(([day]) => new Date(day).toISOString()), Values: points.map(([, value]) => value) };
  }
}

function answeredOn({ published, gaps, calls, turnedAt, tokens, state, launched }: FakeInstance, day: number, until: number): number | undefined {
  const isOptional = tokens === 'optional' || (turnedAt ?? 0) > day;
  const isThere = day + DAY > published && !gaps.includes(day) && isOptional && (state !== 'stopped' || day < launched);
  return isThere ? sumOf(calls, Math.max(day, 0), Math.min(day + DAY, until)) : undefined;
}

function refusedOn({ speaksV1, turnedAt, tokens, state }: FakeInstance, day: number, until: number): number | undefined {
  if (tokens !== 'required' || turnedAt === undefined || state !== 'running' || day + DAY <= turnedAt) { return undefined; }
  const hours = Math.floor((Math.min(day + DAY, until) - Math.max(day, turnedAt)) / (HOUR / 4));
  return speaksV1 ? hours : 0;
}

function sumOf(calls: readonly { readonly at: number; readonly count: number }[], from: number, until: number): number {
  return calls.filter(({ at }) => at >= from && at < until).reduce((sum, { count }) => sum + count, 0);
}

interface Series {
  readonly Id: string;
  readonly StatusCode: string;
  readonly Timestamps: string[];
  readonly Values: number[];
}

interface Query {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: { readonly MetricName: string; readonly Dimensions: { readonly Value: string }[] };
    readonly Period: number;
  };
}

/** The response of EC2, with other typical fields. */
function described({ id, state, tokens, hops, endpoint, tags, launched, managed }: FakeInstance): object {
  return {
    InstanceId: id,
    InstanceType: 't3.micro',
    State: { Code: 16, Name: state },
    LaunchTime: new Date(launched).toISOString(),
    MetadataOptions: { State: 'applied', HttpTokens: tokens, HttpPutResponseHopLimit: hops, HttpEndpoint: endpoint, HttpProtocolIpv6: 'disabled', InstanceMetadataTags: 'disabled' },
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    ...managed && { Operator: { Managed: true, Principal: 'eks.amazonaws.com' } },
    NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', Description: 'x'.repeat(2000) }],
  };
}

function page(all: readonly unknown[], name: string, size: number, token: string | undefined): object {
  const from = Number(token ?? 0);
  const NextToken = from + size < all.length ? String(from + size) : undefined;
  return { [name]: all.slice(from, from + size), ...NextToken && { NextToken } };
}

function list(found: object | undefined): object[] {
  return found ? [found] : [];
}
