import type { IAspect } from 'aws-cdk-lib';
import { CfnResource, Mixin } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { CONSTRUCT, checkValue } from '../../model/kinds';
import { LiveResource } from '../../resources/live-resource';
import type { ClientVariable } from './client-environment';
import { ClientEnvironment } from './client-environment';
import { ClientPass } from './client-pass';
import { clientPlacesOf } from './client-places';
import type { ImdsClientSettingsProps } from './imds-client-settings-props';
import { linuxCommands } from './linux-settings';
import { windowsCommands } from './windows-settings';

/**
 * What SDKs and tools should do with the metadata service: as a mixin on single constructs, as an aspect on whole trees.
 *
 * It writes environment variables, in place: by scripts in user data, and into containers of ECS and Batch; on request also where there is no instance role.
 * What is set there stays. What cannot be written, and what a deployment restarts or replaces because of it, it says in a warning that can be acknowledged.
 *
 * As an aspect it does not enter stages. As a mixin it works at once: what is written later stands.
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
  private readonly settings: ClientEnvironment;
  private readonly pass: ClientPass;

  /**
   * @param props what clients should do; without any, they do not fall back to IMDSv1
   * @throws Error where a property is not one that every SDK takes, such as the mode `ipv6`, or where nothing is set
   */
  public constructor(props: ImdsClientSettingsProps = {}) {
    super();
    this.settings = ClientEnvironment.of(props);
    this.pass = new ClientPass(this.settings);
  }

  /** The variables of programs that may have an instance role, by their names: for what this class does not write. */
  public get environment(): { [name: string]: string } {
    return asMap(this.settings.onInstances);
  }

  /** The variables of programs without an instance role; empty unless `disableWhereNoInstanceRole`. */
  public get environmentWithoutInstanceRole(): { [name: string]: string } {
    return asMap(this.settings.withoutRole);
  }

  /** What is written into user data of Linux, for scripts, images and parts of MIME documents of your own. It has to run as root. */
  public get linuxCommands(): string[] {
    return [...linuxCommands(this.settings.onInstances)];
  }

  /** What is written into user data of Windows, in PowerShell. It has to run as an administrator. */
  public get windowsCommands(): string[] {
    return [...windowsCommands(this.settings.onInstances)];
  }

  /** Whether the construct is a resource of a type that settings are written in. */
  public supports(construct: IConstruct): boolean {
    return CfnResource.isCfnResource(construct) && clientPlacesOf(LiveResource.typeOf(construct)) !== undefined;
  }

  /** Writes the settings into a resource, or into all that are in a construct now. */
  public applyTo(construct: IConstruct): void {
    checkValue('construct', construct, CONSTRUCT);
    for (const each of construct.node.findAll()) { this.pass.visit(each); }
  }

  /** Writes the settings into every resource that the aspect comes by. */
  public visit(node: IConstruct): void {
    checkValue('node', node, CONSTRUCT);
    this.pass.visit(node);
  }
}

function asMap(variables: readonly ClientVariable[]): { [name: string]: string } {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}
