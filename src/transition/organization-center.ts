import { ArnFormat, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSink } from 'aws-cdk-lib/aws-oam';
import { Construct } from 'constructs';
import { ImdsAccountDefaults } from '../org/account-defaults/imds-account-defaults';
import { nameAsGuardrail } from '../org/guardrail-names';
import { USAGE_NAME } from '../usage/published';
import { COLLECTOR_BUCKET_ACTIONS, COLLECTOR_BUS_ACTIONS, COLLECTOR_OBJECT_ACTIONS } from './collector-actions';
import { USAGE_FOLDERS, UsageBucket } from './usage-bucket';

/** The place for the results of an organization: records in a bucket, events on a bus and in a log, metrics through a sink. */
export class OrganizationCenter extends Construct {
  public readonly bucket: UsageBucket;
  public readonly eventBus: EventBus;
  /** The events of the last year. */
  public readonly logGroup: LogGroup;

  public constructor(scope: Construct, id: string, private readonly organizationId: string) {
    super(scope, id);
    this.bucket = new UsageBucket(this, 'Records');
    this.bucketStatements().forEach(statement => this.bucket.addToResourcePolicy(statement));
    this.eventBus = new EventBus(this, 'Events', { eventBusName: Names.uniqueResourceName(this, { maxLength: 200, separator: '-' }) });
    this.eventBus.addToResourcePolicy(new PolicyStatement({
      sid: 'AllowMonitors',
      principals: [new AnyPrincipal()],
      actions: [...COLLECTOR_BUS_ACTIONS],
      resources: [this.eventBus.eventBusArn],
      conditions: { ...this.ofMonitors(), StringEquals: { ...this.ofOrganization(), 'events:source': USAGE_NAME } },
    }));
    this.logGroup = this.addLog();
  }

  /** A sink that accepts only metrics from the accounts of the organization. */
  public addSink(): CfnSink {
    return new CfnSink(this, 'Sink', {
      name: Names.uniqueResourceName(this, { maxLength: 255, separator: '-' }),
      policy: {
        Version: '2012-10-17',
        Statement: [{
          Effect: 'Allow',
          Principal: '*',
          Action: ['oam:CreateLink', 'oam:UpdateLink'],
          Resource: '*',
          Condition: {
            'StringEquals': this.ofOrganization(),
            'ForAllValues:StringEquals': { 'oam:ResourceTypes': ['AWS::CloudWatch::Metric'] },
          },
        }],
      },
    });
  }

  /**
   * An account reads and writes below its own id. With the list permission, S3 reports a missing object as missing, but the permission also shows all
   * keys.
   */
  private bucketStatements(): PolicyStatement[] {
    const ofOwnAccount = (folder: string) => this.bucket.arnForObjects(`${folder}/\${aws:PrincipalAccount}/*`);
    const allow = (actions: string[], resources: string[]) => new PolicyStatement({
      principals: [new AnyPrincipal()], actions, resources, conditions: { ...this.ofMonitors(), StringEquals: this.ofOrganization() },
    });
    return [
      allow([...COLLECTOR_OBJECT_ACTIONS], USAGE_FOLDERS.map(ofOwnAccount)),
      allow([...COLLECTOR_BUCKET_ACTIONS], [this.bucket.bucketArn]),
    ];
  }

  /** EventBridge can write to logs with this prefix, if a policy allows it. */
  private addLog(): LogGroup {
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/events/${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}`,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const rule = new Rule(this, 'ToLog', {
      description: 'Keeps what changed in the use of IMDSv1',
      eventBus: this.eventBus,
      eventPattern: { source: [USAGE_NAME] },
      targets: [{ bind: () => ({ id: '', arn: arnWithoutStar(this, logGroup.logGroupName) }) }],
    });
    nameAsGuardrail(rule);
    logGroup.addToResourcePolicy(new PolicyStatement({
      principals: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'].map(name => new ServicePrincipal(name)),
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
      conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
    }));
    return logGroup;
  }

  private ofOrganization(): { readonly 'aws:PrincipalOrgID': string } {
    return { 'aws:PrincipalOrgID': this.organizationId };
  }

  /** A condition for the roles of monitors in any account. */
  private ofMonitors(): { readonly ArnLike: object } {
    return { ArnLike: { 'aws:PrincipalArn': ImdsAccountDefaults.ROLE_ARN_PATTERN } };
  }
}

/** The ARN of a log group for a target, which must not end with `:*`. */
function arnWithoutStar(scope: Construct, logGroupName: string): string {
  return Stack.of(scope).formatArn({ service: 'logs', resource: 'log-group', resourceName: logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}
