import { type Answer, AwsServer, type Call, failed, succeeded, unknownAction } from '../harness/aws-server';
import { ec2Xml, element } from '../harness/xml';
import { BUCKET, type World } from './world';

/** The simulated account over HTTP, in the protocols of the SDK's clients. */
export class FakeAws extends AwsServer {
  public constructor(public readonly world: World) {
    super();
  }

  /** The calls, by their IAM actions. */
  public get actions(): readonly string[] {
    return [...new Set(this.calls.map(actionOf))].sort();
  }

  protected answer(call: Call): Answer {
    const action = actionOf(call);
    try {
      return this.answerTo(action, call);
    } catch (error) {
      return failure(action, error as Error);
    }
  }

  private answerTo(action: string, call: Call): Answer {
    const { world } = this;
    const { region, parameters } = call;
    switch (action) {
      case 'ec2:DescribeRegions': return succeeded(ec2Xml('DescribeRegions', list('regionInfo', world.regions.map(name => element('regionName', name)))));
      case 'ec2:DescribeInstances': {
        const { MaxResults, NextToken, IncludeManagedResources } = parameters;
        const input = { NextToken, MaxResults: Number(MaxResults), IncludeManagedResources: IncludeManagedResources === 'true' };
        return succeeded(instancesXml(world.describeInstances(region, input) as Described));
      }
      case 'cloudwatch:ListMetrics': return json(world.listMetrics(region, JSON.parse(call.body) as never));
      case 'cloudwatch:GetMetricData': return json(world.getMetricData(withDates(call.body) as never));
      case 'cloudtrail:LookupEvents': return json(world.lookupEvents(region, withDates(call.body) as never));
      case 'cloudformation:DescribeStackResources': return succeeded(stackXml(world.describeStackResources(parameters as never) as Stack));
      case 'cloudformation:ListStackResources': return succeeded(stackListXml(world.listStackResources(parameters as never) as StackList));
      case 'events:PutEvents': return json(world.putEvents(JSON.parse(call.body) as never));
      case 's3:GetObject': return object(world, keyOf(call));
      case 's3:PutObject': return put(world, call);
      default: return unknownAction(call);
    }
  }
}

const SERVICES: { readonly [signed: string]: string } = { monitoring: 'cloudwatch' };

function actionOf({ service, action, method }: Call): string {
  return service === 's3' ? `s3:${method === 'PUT' ? 'PutObject' : 'GetObject'}` : `${SERVICES[service] ?? service}:${action}`;
}

function keyOf({ action }: Call): string {
  return decodeURIComponent(action.slice(BUCKET.length + 1));
}

/** AWS has times in JSON as seconds. */
function json(answer: object): Answer {
  const seconds = (_: string, value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? Date.parse(value) / 1000 : value;
  return { status: 200, body: JSON.stringify(answer, seconds), contentType: 'application/x-amz-json-1.0' };
}

function withDates(body: string): object {
  return JSON.parse(body, (name, value: unknown) => /^(Start|End)Time$/.test(name) ? new Date(Number(value) * 1000) : value) as object;
}

function object(world: World, key: string): Answer {
  const { Body, ETag } = world.getObject({ Key: key }) as { Body: { bytes: Buffer }; ETag: string };
  return { status: 200, body: Body.bytes, contentType: 'application/octet-stream', headers: { etag: ETag } };
}

function put(world: World, call: Call): Answer {
  const { 'if-match': IfMatch, 'if-none-match': IfNoneMatch } = call.headers;
  const { ETag } = world.putObject({ Key: keyOf(call), Body: call.bytes, IfMatch, IfNoneMatch }) as { ETag: string };
  return { status: 200, body: '', contentType: 'application/xml', headers: { etag: ETag } };
}

function failure(action: string, { name, message }: Error): Answer {
  const status = { NoSuchKey: 404, PreconditionFailed: 412, AccessDenied: 403 }[name] ?? 400;
  if (action.startsWith('s3:')) { return { status, body: `<Error>${element('Code', name)}${element('Message', message)}</Error>`, contentType: 'application/xml' }; }
  if (action.startsWith('cloudformation:')) {
    const error = `<Error><Type>Sender</Type>${element('Code', name)}${element('Message', message)}</Error>`;
    return { status, body: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">${error}<RequestId>1</RequestId></ErrorResponse>`, contentType: 'text/xml' };
  }
  if (action.startsWith('ec2:')) { return failed(name, message); }
  return { status, body: JSON.stringify({ __type: name, message }), contentType: 'application/x-amz-json-1.0' };
}

interface Described {
  readonly Reservations: readonly { readonly Instances: readonly DescribedInstance[] }[];
  readonly NextToken?: string;
}

interface DescribedInstance {
  readonly InstanceId: string;
  readonly State: { readonly Name: string };
  readonly LaunchTime: Date;
  readonly MetadataOptions: { readonly HttpTokens: string; readonly HttpEndpoint: string };
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

function instancesXml({ Reservations, NextToken }: Described): string {
  const reservations = Reservations.map(({ Instances }) => list('instancesSet', Instances.map(({ InstanceId, State, LaunchTime, MetadataOptions, Tags }) => [
    element('instanceId', InstanceId),
    `<instanceState><code>16</code>${element('name', State.Name)}</instanceState>`,
    element('launchTime', LaunchTime.toISOString()),
    `<metadataOptions>${element('httpTokens', MetadataOptions.HttpTokens)}${element('httpEndpoint', MetadataOptions.HttpEndpoint)}</metadataOptions>`,
    list('tagSet', Tags.map(({ Key, Value }) => `${element('key', Key)}${element('value', Value)}`)),
  ].join(''))));
  return ec2Xml('DescribeInstances', `${list('reservationSet', reservations)}${NextToken ? element('nextToken', NextToken) : ''}`);
}

function list(name: string, items: readonly string[]): string {
  return `<${name}>${items.map(item => `<item>${item}</item>`).join('')}</${name}>`;
}

interface Stack {
  readonly StackResources: readonly { readonly StackName: string; readonly LogicalResourceId: string; readonly PhysicalResourceId: string }[];
}

function stackXml({ StackResources }: Stack): string {
  const members = StackResources.map(each => `<member>${Object.entries(each).map(([name, value]) => element(name, value)).join('')}</member>`).join('');
  const result = `<DescribeStackResourcesResult><StackResources>${members}</StackResources></DescribeStackResourcesResult>`;
  return `<DescribeStackResourcesResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">${result}</DescribeStackResourcesResponse>`;
}

interface StackList {
  readonly StackResourceSummaries: readonly { readonly LogicalResourceId: string; readonly PhysicalResourceId: string }[];
  readonly NextToken?: string;
}

function stackListXml({ StackResourceSummaries, NextToken }: StackList): string {
  const members = StackResourceSummaries.map(each => `<member>${Object.entries(each).map(([name, value]) => element(name, value)).join('')}</member>`).join('');
  const next = NextToken ? element('NextToken', NextToken) : '';
  const result = `<ListStackResourcesResult><StackResourceSummaries>${members}</StackResourceSummaries>${next}</ListStackResourcesResult>`;
  return `<ListStackResourcesResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">${result}</ListStackResourcesResponse>`;
}
