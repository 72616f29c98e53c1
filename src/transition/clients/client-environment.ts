import { BOOLEAN, TEXT, known } from '../../model/kinds';
import { nearest, suggestion } from '../../model/nearest';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { describeValue } from '../../model/setting';
import type { ImdsClientSettingsProps } from './imds-client-settings-props';

/** A variable that clients read. */
export interface ClientVariable {
  readonly name: string;
  readonly value: string;
  /** A variable that is only useful with or without this one: if it is set, this one is not written. */
  readonly opposite?: string;
  /** The options in the variable, if it can be combined with existing ones. */
  readonly options?: readonly ClientOption[];
  /** Its name in the shared config file, if it has one. */
  readonly configKey?: string;
}

/** A Java option with the same effect as a variable. */
export interface ClientOption {
  readonly text: string;
  /** The name of the variable. */
  readonly insteadOf: string;
}

/** The variable for options of every JVM. */
const JAVA_OPTIONS = 'JAVA_TOOL_OPTIONS';
/** The kinds of endpoints, in the spelling of the JavaScript SDK, which accepts no other. */
const MODES = ['IPv4', 'IPv6'] as const;
/** The characters of an endpoint: none has a meaning in a shell, a settings file or a template. */
const ENDPOINT = /^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:\/[\w./~-]*)?$/i;

const SHAPE: Shape<ImdsClientSettingsProps> = {
  v1Fallback: BOOLEAN,
  disabled: BOOLEAN,
  endpoint: known(TEXT),
  endpointMode: known(TEXT),
  java: BOOLEAN,
  disableWhereNoInstanceRole: BOOLEAN,
  restartInstances: BOOLEAN,
};

const NO_FALLBACK: ClientVariable = { name: 'AWS_EC2_METADATA_V1_DISABLED', value: 'true', configKey: 'ec2_metadata_v1_disabled' };
const OFF: ClientVariable = { name: 'AWS_EC2_METADATA_DISABLED', value: 'true' };

const ENDPOINT_NAME = 'AWS_EC2_METADATA_SERVICE_ENDPOINT';
const MODE_NAME = 'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE';

/** The names of all variables that this library can write. */
export const VARIABLE_NAMES: readonly string[] = [
  NO_FALLBACK.name, OFF.name, ENDPOINT_NAME, MODE_NAME, JAVA_OPTIONS,
];

/** The environment variables for the settings. */
export class ClientEnvironment {
  /** @throws Error if a property is not one that every SDK accepts, or none is set */
  public static of(props: ImdsClientSettingsProps): ClientEnvironment {
    const { endpoint, endpointMode } = checked(props, SHAPE);
    if (endpoint !== undefined && endpointMode !== undefined) {
      throw new Error(`endpoint and endpointMode must not be given together, got ${describeValue(endpoint)} and ${describeValue(endpointMode)}: clients ignore endpointMode if there is an endpoint`);
    }
    checkEndpoint(endpoint);
    checkMode(endpointMode);
    const environment = new ClientEnvironment(variablesOf(props), props.disableWhereNoInstanceRole ?? false, props.restartInstances ?? false);
    if (environment.onInstances.length === 0 && !environment.isOffWithoutRole) { throw new Error(`props must set something, got ${givenIn(props)} and nothing else`); }
    return environment;
  }

  /** The variables for places without an instance role, on request: they turn the metadata service off for clients. */
  public readonly withoutRole: readonly ClientVariable[];
  /** The same for containers, which can also run on a host with an instance role. */
  public readonly inContainersWithoutRole: readonly ClientVariable[];

  private constructor(
    /** The variables for places that can have an instance role. */
    public readonly onInstances: readonly ClientVariable[],
    public readonly isOffWithoutRole: boolean,
    /** Whether user data is written if this needs a restart or a replacement. */
    public readonly mayRestart: boolean,
  ) {
    this.withoutRole = isOffWithoutRole ? [OFF] : [];
    this.inContainersWithoutRole = [...onInstances.filter(({ name }) => name !== OFF.name || !isOffWithoutRole), ...this.withoutRole];
  }
}

/** Properties that have no effect alone. */
function givenIn(props: ImdsClientSettingsProps): string {
  return Object.entries(props).filter(([, value]) => value !== undefined).map(([name, value]) => `${name} ${describeValue(value)}`).join(', ');
}

function variablesOf(props: ImdsClientSettingsProps): readonly ClientVariable[] {
  const { v1Fallback = false, disabled = false, endpoint, endpointMode, java = false } = props;
  const variables: ClientVariable[] = [];
  if (!v1Fallback) { variables.push(NO_FALLBACK); }
  if (disabled) { variables.push(OFF); }
  if (endpoint !== undefined) {
    variables.push({ name: ENDPOINT_NAME, value: endpoint, opposite: MODE_NAME, configKey: 'ec2_metadata_service_endpoint' });
  }
  if (endpointMode !== undefined) {
    variables.push({ name: MODE_NAME, value: endpointMode, opposite: ENDPOINT_NAME, configKey: 'ec2_metadata_service_endpoint_mode' });
  }
  const options = java ? javaOptions({ v1Fallback, disabled, endpoint, endpointMode }) : [];
  if (options.length > 0) { variables.push(withOptions(JAVA_OPTIONS, options)); }
  return variables;
}

/** The system properties of the Java SDKs 2.x and 1.x. Version 1 has none for the mode, and AWS does not document its endpoint property. */
function javaOptions({ v1Fallback, disabled, endpoint, endpointMode }: ImdsClientSettingsProps): readonly ClientOption[] {
  const option = (insteadOf: string, ...texts: readonly string[]) => texts.map(text => ({ text, insteadOf }));
  return [
    ...v1Fallback ? [] : option(NO_FALLBACK.name, '-Daws.disableEc2MetadataV1=true', '-Dcom.amazonaws.sdk.disableEc2MetadataV1=true'),
    ...disabled ? option(OFF.name, '-Daws.disableEc2Metadata=true', '-Dcom.amazonaws.sdk.disableEc2Metadata=true') : [],
    ...endpoint === undefined ? [] : option(ENDPOINT_NAME, `-Daws.ec2MetadataServiceEndpoint=${endpoint}`),
    ...endpointMode === undefined ? [] : option(MODE_NAME, `-Daws.ec2MetadataServiceEndpointMode=${endpointMode}`),
  ];
}

function withOptions(name: string, options: readonly ClientOption[]): ClientVariable {
  return { name, value: options.map(({ text }) => text).join(' '), options };
}

/** The variables, only with options that do not contradict a variable of the user, because an option overrides it. */
export function besides(left: readonly string[], variables: readonly ClientVariable[]): readonly ClientVariable[] {
  return variables.flatMap(variable => {
    const { options } = variable;
    if (!options?.some(({ insteadOf }) => left.includes(insteadOf))) { return variable; }
    const others = options.filter(({ insteadOf }) => !left.includes(insteadOf));
    return others.length === 0 ? [] : withOptions(variable.name, others);
  });
}

function checkEndpoint(endpoint: string | undefined): void {
  if (endpoint === undefined) { return; }
  if (!ENDPOINT.test(endpoint) || !URL.canParse(endpoint)) {
    throw new Error(`endpoint must be a URL such as 'http://169.254.169.254' or 'http://[fd00:ec2::254]', got ${describeValue(endpoint)}`);
  }
}

function checkMode(mode: string | undefined): void {
  if (mode === undefined || MODES.some(each => each === mode)) { return; }
  throw new Error(`endpointMode must be one of 'IPv4', 'IPv6', got ${describeValue(mode)}${suggestion(nearest(mode, MODES))}`);
}
