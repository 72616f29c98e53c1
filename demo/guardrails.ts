import { App } from 'aws-cdk-lib';
import type { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { AccountStack } from '../examples/guardrails/account-stack';
import { OrganizationStack } from '../examples/guardrails/organization-stack';

/** One guardrail of the example, described by its template. */
export interface Guardrail {
  readonly stack: string;
  readonly type: string;
  readonly reaches: string;
  readonly says: string;
}

/** The parts of a resource that guardrails need. */
interface Resource {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: unknown };
}

/** Synthesizes the guardrails example, and returns the guardrails and their warnings. */
export function guardrailsExample(): { readonly guardrails: readonly Guardrail[]; readonly warnings: readonly string[] } {
  const settings = { builtinCloudFormationValidation: false };
  const app = new App(settings);
  new OrganizationStack(app, 'Organization', { env: { region: 'us-east-1' } });
  new AccountStack(app, 'Account');
  const assembly: CloudAssembly = app.synth();
  return { guardrails: assembly.stacks.flatMap(guardrailsOf), warnings: assembly.stacks.flatMap(warningsOf) };
}

function guardrailsOf({ stackName, template }: CloudFormationStackArtifact): Guardrail[] {
  const { Resources } = template as { readonly Resources: { readonly [id: string]: Resource } };
  return Object.values(Resources).flatMap(({ Type, Properties }) => {
    const described = DESCRIBED[Type]?.(Properties);
    return described ? [{ stack: stackName, type: Type, ...described }] : [];
  });
}

/** Describes a guardrail, by the type of its resource. */
const DESCRIBED: { readonly [type: string]: (properties: Resource['Properties']) => Pick<Guardrail, 'reaches' | 'says'> } = {
  'AWS::Organizations::Policy': ({ TargetIds, Content }) => ({ reaches: String(TargetIds), says: policyWords(Content as OrganizationPolicy) }),
  'AWS::CloudFormation::StackSet': ({ StackInstancesGroup }) => ({
    reaches: (StackInstancesGroup as { DeploymentTargets: { OrganizationalUnitIds: string[] } }[])
      .map(({ DeploymentTargets }) => String(DeploymentTargets.OrganizationalUnitIds)).join(),
    says: 'account defaults in each account',
  }),
  'AWS::CloudFormation::GuardHook': ({ FailureMode, TargetOperations }) => ({
    reaches: `this account: ${String(TargetOperations)}`,
    says: FailureMode === 'FAIL' ? 'refuses templates' : 'warns about templates',
  }),
  'AWS::IAM::ManagedPolicy': ({ PolicyDocument }) => ({
    reaches: 'the principals that it is attached to',
    says: sidsIn(PolicyDocument as PolicyDocument),
  }),
  'Custom::ImdsAccountDefaults': ({ Regions, Defaults }) => ({
    reaches: Regions === undefined ? 'this account: every enabled Region' : `this account: ${String(Regions)}`,
    says: Object.entries(Defaults as object).map(([name, value]) => `${name} ${String(value)}`).join(', '),
  }),
};

interface PolicyDocument {
  readonly Statement: readonly { readonly Sid: string }[];
}

/** A service control policy or a declarative one. */
type OrganizationPolicy = PolicyDocument | { readonly ec2_attributes: { readonly instance_metadata_defaults: { readonly [field: string]: { readonly '@@assign': string } } } };

function policyWords(content: OrganizationPolicy): string {
  const words = 'Statement' in content
    ? sidsIn(content)
    : Object.entries(content.ec2_attributes.instance_metadata_defaults).map(([name, value]) => `${name} ${value['@@assign']}`).join(', ');
  return `${words} (${JSON.stringify(content).length} characters)`;
}

function sidsIn({ Statement }: PolicyDocument): string {
  return Statement.map(({ Sid }) => Sid).join(', ');
}

function warningsOf({ messages }: CloudFormationStackArtifact): string[] {
  return messages.filter(({ level }) => level === 'warning').map(({ id, entry }) => `${id.slice(1)}: ${String(entry.data)}`);
}
