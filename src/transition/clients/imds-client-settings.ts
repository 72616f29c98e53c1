import type { IAspect, Stage } from 'aws-cdk-lib';
import { Aspects, CfnResource, Mixin } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { CONSTRUCT, TEXT, checkValue, known, required } from '../../model/kinds';
import { LiveResource } from '../../resources/live-resource';
import { findSdk } from '../../sdks/named-sdk';
import type { ClientVariable } from './client-environment';
import { ClientEnvironment } from './client-environment';
import { ClientPass } from './client-pass';
import { clientPlacesOf } from './client-places';
import type { ImdsClientSettingsProps } from './imds-client-settings-props';
import { ImdsV1Fallback } from './imds-client-support';
import type { ImdsClientSupport } from './imds-client-support';
import { linuxCommands } from './linux-settings';
import { SETTINGS_SOURCE, settingsOfSdk } from './sdk-settings';
import type { SdkSettings } from './sdk-settings';
import { reportUnvisited } from './unvisited-stages';
import { windowsCommands } from './windows-settings';

/**
 * Settings for SDKs and tools that use the metadata service, as a mixin for single constructs or as an aspect for whole scopes.
 *
 * It writes environment variables: with scripts in user data, and into ECS and Batch containers; on request also in places without an instance role.
 * It does not change your settings. If it cannot write a setting, or if a deployment restarts or replaces a resource because of it, it adds a warning
 * that you can acknowledge.
 *
 * As an aspect, it does not enter stages, and warns about this once. As a mixin, it works immediately and does not see later changes.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 * @example
 * import { App, Aspects, Fn, Stack } from 'aws-cdk-lib';
 * import { CfnLaunchTemplate, UserData } from 'aws-cdk-lib/aws-ec2';
 * import { ImdsClientSettings } from 'cdk-imdsv2';
 *
 * const app = new App();
 * const stack = new Stack(app, 'Shop');
 * new CfnLaunchTemplate(stack, 'Hosts', {
 *   launchTemplateData: {
 *     metadataOptions: { httpTokens: 'required' },
 *     userData: Fn.base64(UserData.forLinux().render()),
 *   },
 * });
 *
 * // no fallback to IMDSv1
 * Aspects.of(app).add(new ImdsClientSettings());
 */
export class ImdsClientSettings extends Mixin implements IAspect {
  /**
   * What an SDK does with these settings, or `undefined` if it is unknown.
   *
   * @param sdk a package such as `boto3` or `npm:aws-sdk`, or AWS's name of the SDK, such as `AWS SDK for Ruby`
   */
  public static knownBy(sdk: string): ImdsClientSupport | undefined {
    checkValue('sdk', sdk, required(known(TEXT)));
    const name = findSdk(sdk)?.sdk.name;
    const settings = name === undefined ? undefined : settingsOfSdk(name);
    return settings && supportOf(name!, settings);
  }

  private readonly settings: ClientEnvironment;
  private readonly pass: ClientPass;

  /**
   * @param props the settings; by default, clients do not fall back to IMDSv1
   * @throws Error if an SDK does not accept a property, such as the mode `ipv6`, or if nothing is set
   */
  public constructor(props: ImdsClientSettingsProps = {}) {
    super();
    this.settings = ClientEnvironment.of(props);
    this.pass = new ClientPass(this.settings);
  }

  /** The variables for programs that can have an instance role, by name. Use them for resources that this class does not change. */
  public get environment(): { [name: string]: string } {
    return asMap(this.settings.onInstances);
  }

  /** The variables of programs without an instance role; empty unless `disableWhereNoInstanceRole`. */
  public get environmentWithoutInstanceRole(): { [name: string]: string } {
    return asMap(this.settings.withoutRole);
  }

  /** The commands for user data of Linux. Use them in your own scripts, images and MIME documents. They must run as root. */
  public get linuxCommands(): string[] {
    return [...linuxCommands(this.settings.onInstances)];
  }

  /** The PowerShell commands for user data of Windows. They must run as an administrator. */
  public get windowsCommands(): string[] {
    return [...windowsCommands(this.settings.onInstances)];
  }

  /** Whether the construct is a resource of a supported type. */
  public supports(construct: IConstruct): boolean {
    return CfnResource.isCfnResource(construct) && clientPlacesOf(LiveResource.typeOf(construct)) !== undefined;
  }

  /** Writes the settings into a resource, or into all resources that are in a construct now. */
  public applyTo(construct: IConstruct): void {
    checkValue('construct', construct, CONSTRUCT);
    for (const each of construct.node.findAll()) { this.pass.visit(each); }
  }

  /** Writes the settings into a resource that the aspect visits. */
  public visit(node: IConstruct): void {
    checkValue('node', node, CONSTRUCT);
    this.pass.visit(node);
    reportUnvisited(node, stage => this.isNeededIn(stage));
  }

  /** Whether a stage contains resources for settings, and the stage has no aspect for them. */
  private isNeededIn(stage: Stage): boolean {
    if (Aspects.of(stage).all.some(aspect => aspect instanceof ImdsClientSettings)) { return false; }
    return stage.node.findAll().some(construct => {
      const places = CfnResource.isCfnResource(construct) ? clientPlacesOf(LiveResource.typeOf(construct)) : undefined;
      return places !== undefined && (!places.hasNoRole || this.settings.isOffWithoutRole);
    });
  }
}

const FALLBACKS = {
  'never': ImdsV1Fallback.NEVER,
  'where tokens fail': ImdsV1Fallback.WHERE_TOKENS_FAIL,
  'on any error': ImdsV1Fallback.ON_ANY_ERROR,
  'always': ImdsV1Fallback.ALWAYS,
} as const;

function supportOf(sdk: string, { fallback, knows, note, measured }: SdkSettings): ImdsClientSupport {
  return {
    sdk,
    fallback: FALLBACKS[fallback],
    v1Fallback: knows.includes('v1Fallback'),
    disabled: knows.includes('disabled'),
    endpoint: knows.includes('endpoint'),
    endpointMode: knows.includes('endpointMode'),
    note,
    measured,
    source: SETTINGS_SOURCE,
  };
}

function asMap(variables: readonly ClientVariable[]): { [name: string]: string } {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}
