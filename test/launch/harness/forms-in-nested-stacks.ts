import type { CfnParameterProps, NestedStackProps, Stack } from 'aws-cdk-lib';
import { Aws, CfnOutput, CfnParameter, CfnStack, Fn, NestedStack, Stage, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Expected, ReferenceForm, Site } from './site';
import { latest, newest, raw, UNKNOWN } from './site';

const IN_NESTED = 'Stack/Nested/Launcher';
const OF_NESTED = 'Stack/Nested/Target';

/** Forms with the launcher or its source in a nested stack. */
export const FORMS_IN_NESTED_STACKS: readonly ReferenceForm[] = [
  nested('a reference to the stack around', site => {
    const stack = site.stack();
    site.launcher(nestedIn(stack), site.naming(site.target(stack)));
    return newest('Stack/Target', IN_NESTED);
  }),
  nested('a reference to the stack around that one', site => {
    const stack = site.stack();
    site.launcher(nestedIn(nestedIn(stack)), site.naming(site.target(stack)));
    return newest('Stack/Target', 'Stack/Nested/Nested/Launcher');
  }),
  nested('parameters written by hand', site => {
    const stack = site.stack();
    const { id, version } = site.naming(site.target(stack));
    site.generic(withParameters(stack, { Id: id as string, Version: version as string }), { id: { Ref: 'Id' }, version: { Ref: 'Version' } });
    return newest('Stack/Target', IN_NESTED);
  }),
  nested('parameters written by hand, with raw intrinsics and through two stacks', site => {
    const stack = site.stack();
    site.target(stack);
    const outer = withParameters(stack, { Id: Fn.ref('Target'), Version: Fn.sub('${Target.LatestVersionNumber}') });
    const inner = withParameters(outer, { Id: Fn.ref('Id'), Version: Fn.ref('Version') });
    site.generic(inner, { id: Fn.sub('${Id}'), version: { Ref: 'Version' } });
    return newest('Stack/Target', 'Stack/Nested/Nested/Launcher');
  }),
  nested('a parameter of the nested stack, and one of the same name around it', site => {
    const stack = site.stack();
    new CfnParameter(stack, 'Id', { default: 'lt-wrong' });
    site.target(stack);
    const inner = withParameters(stack, { Id: Fn.ref('Target') });
    site.generic(inner, { id: { Ref: 'Id' }, version: '$Latest' });
    return latest('Stack/Target', IN_NESTED);
  }),
  nested('a parameter that the stack around does not set', site => {
    const inner = nestedIn(site.stack());
    site.launcher(inner, { id: new CfnParameter(inner, 'Id', { allowedValues: ['lt-1'] }).valueAsString, version: '$Latest' });
    return latest('outside lt-1', IN_NESTED);
  }),
  nested('a parameter that may be handed nothing, with a default', site => {
    const inner = handed(site, { default: 'lt-1' }, Fn.conditionIf('C', Fn.ref('Target'), Aws.NO_VALUE));
    site.generic(inner, { id: { Ref: 'Id' }, version: '$Latest' });
    return [...latest('Stack/Target', IN_NESTED), ...latest('outside lt-1', IN_NESTED)];
  }),
  nested('a parameter that may be handed nothing, without a default', site => {
    const inner = handed(site, {}, Fn.conditionIf('C', Fn.ref('Target'), Aws.NO_VALUE));
    site.generic(inner, { id: { Ref: 'Id' }, version: '$Latest' });
    return [...latest('Stack/Target', IN_NESTED), ...latest(UNKNOWN, IN_NESTED)];
  }),
  nested('a parameter that is handed nothing, with a default', site => {
    const inner = handed(site, { default: 'lt-1' }, Aws.NO_VALUE);
    site.generic(inner, { id: { Ref: 'Id' }, version: '$Latest' });
    return latest('outside lt-1', IN_NESTED);
  }),
  ...['AWS::SSM::Parameter::Value<String>', 'AWS::SSM::Parameter::Value<List<String>>'].map(type => nested(`a parameter of type ${type}`, site => {
    const inner = handed(site, { type }, Fn.ref('Target'));
    site.generic(inner, { id: { Ref: 'Id' }, version: '$Latest' });
    return latest(UNKNOWN, IN_NESTED);
  })),
  nested('a parameter that an override of the nested stack sets', site => {
    const stack = site.stack();
    site.target(stack);
    const inner = withParameters(stack, { Id: 'lt-before' });
    inner.nestedStackResource!.addPropertyOverride('Parameters.Id', { Ref: 'Target' });
    site.generic(inner, { id: { Ref: 'Id' }, version: '$Latest' });
    return latest('Stack/Target', IN_NESTED);
  }),
  nested('a reference to a nested stack', site => {
    const stack = site.stack();
    site.launcher(stack, site.naming(site.target(nestedIn(stack))));
    return newest(OF_NESTED);
  }),
  nested('an output written by hand', site => {
    const stack = site.stack();
    const inner = nestedIn(stack);
    const { id, version } = site.naming(site.target(inner));
    new CfnOutput(inner, 'Id', { value: id as string });
    new CfnOutput(inner, 'Version', { value: version as string });
    const output = (name: string) => inner.nestedStackResource!.getAtt(`Outputs.${name}`).toString();
    site.launcher(stack, { id: output('Id'), version: output('Version') });
    return newest(OF_NESTED);
  }),
  nested('an output written by hand, with raw intrinsics', site => {
    const stack = site.stack();
    const inner = nestedIn(stack);
    site.target(inner);
    inner.nestedStackResource!.overrideLogicalId('Inner');
    new CfnOutput(inner, 'Id', { value: Fn.ref('Target') });
    new CfnOutput(inner, 'Version', { value: Fn.getAtt('Target', 'LatestVersionNumber').toString() });
    site.generic(stack, { id: { 'Fn::GetAtt': ['Inner', 'Outputs.Id'] }, version: { 'Fn::Sub': '${Inner.Outputs.Version}' } });
    return newest(OF_NESTED);
  }),
  nested('an output of an output', site => {
    const stack = site.stack();
    const [outer, inner] = [nestedIn(stack), nestedIn(nestedIn(stack, 'Unused'))];
    const within = nestedIn(outer);
    site.target(inner);
    new CfnOutput(within, 'Id', { value: site.target(within).ref });
    new CfnOutput(outer, 'Id', { value: within.nestedStackResource!.getAtt('Outputs.Id').toString() });
    site.launcher(stack, { id: outer.nestedStackResource!.getAtt('Outputs.Id').toString(), version: '$Latest' });
    return latest('Stack/Nested/Nested/Target');
  }),
  nested('an output that may be left out', site => {
    const stack = site.stack();
    const inner = nestedIn(stack);
    const { ref } = site.target(inner);
    new CfnOutput(inner, 'Id', { value: Token.asString(Fn.conditionIf('C', ref, Aws.NO_VALUE)) });
    site.launcher(stack, { id: inner.nestedStackResource!.getAtt('Outputs.Id').toString(), version: '$Latest' });
    return [...latest(OF_NESTED), ...latest(UNKNOWN)];
  }),
  nested('an output that there is not', site => {
    const stack = site.stack();
    const inner = nestedIn(stack);
    site.target(inner);
    site.launcher(stack, { id: inner.nestedStackResource!.getAtt('Outputs.Id').toString(), version: '$Latest' });
    return latest(UNKNOWN);
  }),
  nested('an output of a template elsewhere', site => {
    const stack = site.stack();
    const inner = new CfnStack(stack, 'Nested', { templateUrl: 'https://s3.amazonaws.com/templates/web.json' });
    site.launcher(stack, { id: inner.getAtt('Outputs.Id').toString(), version: '$Latest' });
    return latest(UNKNOWN);
  }),
  nested('a reference from one nested stack to its sibling', site => {
    const stack = site.stack();
    site.launcher(nestedIn(stack), site.naming(site.target(nestedIn(stack, 'Sibling'))));
    return newest('Stack/Sibling/Target', IN_NESTED);
  }),
  nested('a reference to a nested stack of another stack', site => {
    site.launcher(nestedIn(site.stack()), site.naming(site.target(nestedIn(site.stack('Other')))));
    return newest('Other/Nested/Target', IN_NESTED);
  }),
  nested('the same logical ids in a nested stack and around it', site => {
    const stack = site.stack();
    const inner = nestedIn(stack);
    for (const scope of [stack, inner]) {
      site.target(scope);
      site.generic(scope, raw('Target'));
    }
    return [...newest('Stack/Target'), ...newest(OF_NESTED, IN_NESTED)];
  }),
  nested('nested stacks in two stages', site => {
    for (const stage of ['Beta', 'Prod'].map(id => new Stage(site.app, id))) {
      const stack = site.stack('Stack', stage);
      site.launcher(nestedIn(stack), site.naming(site.target(nestedIn(stack, 'Sibling'))));
    }
    return ['Beta', 'Prod'].flatMap(stage => newest(`${stage}/Stack/Sibling/Target`, `${stage}/Stack/Nested/Launcher`));
  }),
];

function nestedIn(scope: Construct, id = 'Nested', props: NestedStackProps = {}): NestedStack {
  return new NestedStack(scope, id, props);
}

/** A nested stack that declares and gets parameters. */
function withParameters(scope: Stack, parameters: { readonly [name: string]: string }): NestedStack {
  const inner = nestedIn(scope, 'Nested', { parameters });
  Object.keys(parameters).forEach(name => new CfnParameter(inner, name));
  return inner;
}

/** A nested stack beside a target, with a parameter for its id. */
function handed(site: Site, declared: CfnParameterProps, argument: unknown): NestedStack {
  const stack = site.stack();
  site.target(stack);
  const inner = nestedIn(stack, 'Nested', { parameters: { Id: Token.asString(argument) } });
  new CfnParameter(inner, 'Id', declared);
  return inner;
}

function nested(name: string, build: (site: Site) => readonly Expected[]): ReferenceForm {
  return { name, build };
}
