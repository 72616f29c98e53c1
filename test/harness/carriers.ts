import type { CfnResource } from 'aws-cdk-lib';
import { CfnAppBlockBuilder, CfnFleet, CfnImageBuilder } from 'aws-cdk-lib/aws-appstream';
import { CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import type { CfnRestoreTestingSelectionProps } from 'aws-cdk-lib/aws-backup';
import { CfnRestoreTestingSelection } from 'aws-cdk-lib/aws-backup';
import { CfnEC2Fleet, CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnConfigurationTemplate, CfnEnvironment } from 'aws-cdk-lib/aws-elasticbeanstalk';
import { CfnSecurityConfiguration } from 'aws-cdk-lib/aws-emr';
import { CfnInfrastructureConfiguration } from 'aws-cdk-lib/aws-imagebuilder';
import { CfnNotebookInstance } from 'aws-cdk-lib/aws-sagemaker';
import { CfnWorkspaceInstance } from 'aws-cdk-lib/aws-workspacesinstances';
import type { Construct } from 'constructs';
import type { Json } from './json';
import { nest, put } from './json';
import type { Spelling } from './spelling';
import { asIs, camelCase } from './spelling';
import type { Words } from './words';
import { document, flag, keyed, options } from './words';

/** A CloudFormation type with metadata options, and the data to write a resource of it. */
export interface Carrier {
  readonly type: string;
  /** The path of the block in CloudFormation's documentation. */
  readonly block: string;
  /** The same place as a path for overrides. */
  readonly place: string;
  readonly words: Words;
  /** Whether an empty block leaves the tokens to a launch template. */
  readonly inherits: boolean;
  /** Whether the block is a map from names to texts, which CDK validates as one. */
  readonly isMap?: boolean;
  /** Whether the parent of the block has mandatory properties, so that it cannot be created if it is missing. */
  readonly needsAncestor: boolean;
  /** Whether CloudFormation replaces a resource if its block changes. */
  readonly isReplaced: boolean;
  /** Whether the replacement is announced without a launcher. A resource without its own instances is replaced without loss. */
  readonly isAnnounced: boolean;
  /** Whether the L1 requires the block. */
  readonly isMandatory?: boolean;
  /** The property around the block, if the block is not a property of the resource itself. */
  readonly ancestor?: string;
  /** The name of the block in the typed L1. */
  readonly spelling: Spelling;
  /** All properties of a resource, with this block or none. */
  around(block?: unknown): Json;
  /** Creates the typed L1 from properties with CloudFormation's names. */
  typed(scope: Construct, id: string, properties: Json): CfnResource;
}

/** A constructor of an L1 with any properties. */
type L1 = new (scope: Construct, id: string, props: never) => CfnResource;

const HOP_LIMIT = { HttpPutResponseHopLimit: 2 };
const BASIC = { ...HOP_LIMIT, HttpEndpoint: 'enabled' };
const ALL = { ...BASIC, HttpProtocolIpv6: 'disabled', InstanceMetadataTags: 'enabled' };
const MINIMUM_VERSION = 'MinimumInstanceMetadataServiceVersion';
const BEANSTALK = options('aws:autoscaling:launchconfiguration', 'DisableIMDSv1');

const httpTokens = (others: Json) => keyed('HttpTokens', 'optional', 'required', others);

/** One case for every carrier of the table. */
export const CARRIERS: readonly Carrier[] = [
  property('AWS::EC2::Instance', CfnInstance, 'MetadataOptions', httpTokens(ALL), { ImageId: 'ami-1', InstanceType: 'm5.large' }),
  within('AWS::EC2::LaunchTemplate', CfnLaunchTemplate, 'LaunchTemplateData', httpTokens(ALL), { LaunchTemplateName: 'web' }),
  fleetOverride(),
  replaced(property('AWS::AutoScaling::LaunchConfiguration', CfnLaunchConfiguration, 'MetadataOptions', httpTokens(BASIC),
    { ImageId: 'ami-1', InstanceType: 'm5.large' })),
  property('AWS::ImageBuilder::InfrastructureConfiguration', CfnInfrastructureConfiguration, 'InstanceMetadataOptions', httpTokens(HOP_LIMIT),
    { Name: 'builds', InstanceProfileName: 'builder' }),
  property('AWS::SageMaker::NotebookInstance', CfnNotebookInstance, 'InstanceMetadataServiceConfiguration', keyed(MINIMUM_VERSION, '1', '2'),
    { InstanceType: 'ml.t3.medium', RoleArn: 'arn:aws:iam::1:role/notebook' }),
  property('AWS::AppStream::Fleet', CfnFleet, 'DisableIMDSV1', flag, { InstanceType: 'stream.standard.small', Name: 'fleet' }),
  property('AWS::AppStream::ImageBuilder', CfnImageBuilder, 'DisableIMDSV1', flag, { InstanceType: 'stream.standard.small', Name: 'images' }),
  property('AWS::AppStream::AppBlockBuilder', CfnAppBlockBuilder, 'DisableIMDSV1', flag, {
    InstanceType: 'stream.standard.small', Name: 'blocks', Platform: 'WINDOWS_SERVER_2019', VpcConfig: { SubnetIds: ['subnet-1'] },
  }),
  property('AWS::ElasticBeanstalk::Environment', CfnEnvironment, 'OptionSettings', BEANSTALK, { ApplicationName: 'shop' }),
  property('AWS::ElasticBeanstalk::ConfigurationTemplate', CfnConfigurationTemplate, 'OptionSettings', BEANSTALK, { ApplicationName: 'shop' }),
  {
    ...announced(within('AWS::WorkspacesInstances::WorkspaceInstance', CfnWorkspaceInstance, 'ManagedInstance', httpTokens(ALL), {
      Tags: [{ Key: 'desk', Value: '7' }],
    })),
    needsAncestor: true,
  },
  emrSecurityConfiguration(),
  restoreTestingSelection(),
];

/** A type whose block is a property of the resource. */
function property(type: string, l1: L1, name: string, words: Words, others: Json): Carrier {
  return {
    type,
    block: name,
    place: name,
    words,
    inherits: false,
    needsAncestor: false,
    isReplaced: false,
    isAnnounced: false,
    around: block => put(others, name, block),
    spelling: camelCase,
    typed: constructs(l1),
  };
}

/** A type whose block is a property of a property. */
function within(type: string, l1: L1, ancestor: string, words: Words, others: Json = {}): Carrier {
  const place = `${ancestor}.MetadataOptions`;
  const image = { ImageId: 'ami-1', InstanceType: 'm5.large' };
  const around = (block?: unknown) => ({ ...others, [ancestor]: put(image, 'MetadataOptions', block) });
  return { ...property(type, l1, ancestor, words, others), block: place, place, ancestor, around };
}

function fleetOverride(): Carrier {
  const capacity = { TargetCapacitySpecification: { TotalTargetCapacity: 2 }, Type: 'instant' };
  return {
    ...property('AWS::EC2::EC2Fleet', CfnEC2Fleet, 'LaunchTemplateConfigs', httpTokens(BASIC), {}),
    block: 'LaunchTemplateConfigs[].Overrides[].MetadataOptions',
    place: 'LaunchTemplateConfigs.0.Overrides.0.MetadataOptions',
    ancestor: 'LaunchTemplateConfigs',
    inherits: true,
    isReplaced: true,
    isAnnounced: true,
    around: block => ({
      ...capacity,
      LaunchTemplateConfigs: [{
        Overrides: [put({ InstanceType: 'm5.large' }, 'MetadataOptions', block), { InstanceType: 'c5.large' }],
      }],
    }),
  };
}

function emrSecurityConfiguration(): Carrier {
  const words = document('InstanceMetadataServiceConfiguration', MINIMUM_VERSION);
  return {
    ...replaced(property('AWS::EMR::SecurityConfiguration', CfnSecurityConfiguration, 'SecurityConfiguration', words, {})),
    isMandatory: true,
    spelling: asIs,
    typed: (scope, id, { Name, SecurityConfiguration }) =>
      new CfnSecurityConfiguration(scope, id, { name: Name as string | undefined, securityConfiguration: SecurityConfiguration }),
  };
}

/** A type that CloudFormation replaces if its block changes. */
function replaced(carrier: Carrier): Carrier {
  return { ...carrier, isReplaced: true };
}

/** A type whose replacement is announced, because it has its own instances. */
function announced(carrier: Carrier): Carrier {
  return { ...replaced(carrier), isAnnounced: true };
}

function restoreTestingSelection(): Carrier {
  const type = 'AWS::Backup::RestoreTestingSelection';
  const others = {
    ProtectedResourceType: 'EC2', IamRoleArn: 'arn:aws:iam::1:role/backup', RestoreTestingPlanName: 'plan', RestoreTestingSelectionName: 'instances',
  };
  const words = keyed('requireImdsV2', 'false', 'true', { instanceType: 't3.micro' });
  return {
    ...property(type, CfnRestoreTestingSelection, 'RestoreMetadataOverrides', { ...words, misspelled: ['yes', 'required', 7, ['true'], { Value: 'true' }] }, others),
    inherits: true,
    isMap: true,
    spelling: asIs,
    typed: (scope, id, { RestoreMetadataOverrides, ...rest }) => new CfnRestoreTestingSelection(scope, id, {
      ...camelCase(rest) as never as CfnRestoreTestingSelectionProps, restoreMetadataOverrides: RestoreMetadataOverrides as never,
    }),
  };
}

function constructs(l1: L1): Carrier['typed'] {
  return (scope, id, properties) => new l1(scope, id, camelCase(properties) as never);
}

/** The result of enforcement for a resource without a block. `undefined` if a launch template decides. */
export function whereUnset({ inherits, words }: Carrier): unknown {
  return inherits ? undefined : words.only(words.required);
}

/** The result of enforcement for a block without tokens. */
export function whereSilent({ inherits, words }: Carrier): unknown {
  return inherits ? words.say() : words.say(words.required);
}

/** The result of enforcement for properties without the parent of the block. */
export function whereBare(carrier: Carrier): Json {
  return carrier.needsAncestor ? {} : nest(carrier.place, whereUnset(carrier));
}

/** Whether enforcement does not change such properties. */
export function staysBare({ inherits, needsAncestor }: Carrier): boolean {
  return inherits || needsAncestor;
}
