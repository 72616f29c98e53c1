import type { Stack } from 'aws-cdk-lib';
import { CfnOutput, CfnParameter, Fn, NestedStack, Stage } from 'aws-cdk-lib';
import type { Expected, ReferenceForm, Site } from './site';
import { latest, newest, UNKNOWN } from './site';

const OTHER = 'Other/Target';
/** The flag for CDK's references to other stacks. New apps set it to `weak`. */
const STRENGTH = '@aws-cdk/core:defaultCrossStackReferences';

/** Forms with the source in another stack or stage. */
export const FORMS_ACROSS_STACKS: readonly ReferenceForm[] = [
  across('a reference to another stack', site => {
    site.launcher(site.stack(), site.naming(site.target(site.stack('Other'))));
    return newest(OTHER);
  }),
  across('a reference to another stack under a condition, beside one of the same logical id', site => {
    const [stack, other] = [site.stack(), site.stack('Other')];
    site.target(stack);
    const { id, version } = site.naming(site.target(other));
    site.generic(stack, { id: Fn.conditionIf('C', id, id), version: Fn.conditionIf('C', version, version) });
    return newest(OTHER);
  }),
  across('a reference to another stack by override', site => {
    const [stack, other] = [site.stack(), site.stack('Other')];
    site.target(stack);
    const launcher = site.launcher(stack, { id: 'elsewhere', version: '1' });
    launcher.addOverride('Properties', site.subject.properties(site.naming(site.target(other))));
    return newest(OTHER);
  }),
  across('exportValue() of another stack', site => {
    const other = site.stack('Other');
    const target = site.target(other);
    const [id, version] = [target.ref, target.getAtt('LatestVersionNumber')].map(value => other.exportValue(value));
    site.launcher(site.stack(), { id, version });
    return newest(OTHER);
  }),
  across('a CfnOutput with an export name', site => {
    exported(site, 'web-id', 'web-version');
    site.launcher(site.stack(), { id: Fn.importValue('web-id'), version: Fn.importValue('web-version') });
    return newest(OTHER);
  }),
  across('an export with the stack name, a raw import without it', site => {
    exported(site, Fn.sub('${AWS::StackName}-id'), Fn.sub('${AWS::StackName}-version'));
    site.generic(site.stack(), { id: { 'Fn::ImportValue': 'Other-id' }, version: { 'Fn::ImportValue': 'Other-version' } });
    return newest(OTHER);
  }),
  across('an import with the name of the stack in a parameter', site => {
    exported(site, 'Other-id', 'Other-version');
    const stack = site.stack();
    new CfnParameter(stack, 'Network', { allowedValues: ['Other'] });
    site.generic(stack, { id: { 'Fn::ImportValue': { 'Fn::Sub': '${Network}-id' } }, version: { 'Fn::ImportValue': { 'Fn::Sub': '${Network}-version' } } });
    return newest(OTHER);
  }),
  across('an export of an export', site => {
    exported(site, 'first-id', 'first-version');
    const second = site.stack('Second');
    ['id', 'version'].forEach(name => new CfnOutput(second, name, { value: Fn.importValue(`first-${name}`), exportName: `second-${name}` }));
    site.launcher(site.stack(), { id: Fn.importValue('second-id'), version: Fn.importValue('second-version') });
    return newest(OTHER);
  }),
  across('an import that nobody exports', site => {
    exported(site, 'web-id', 'web-version');
    site.launcher(site.stack(), { id: Fn.importValue('shop-id'), version: '$Latest' });
    return latest(UNKNOWN);
  }),
  across('an import that two stacks export, of which nobody knows the Region', site => {
    exported(site, 'web-id', 'web-version');
    exported(site, 'web-id', 'web-version', 'Third');
    site.launcher(site.stack(), { id: Fn.importValue('web-id'), version: '$Latest' });
    return latest(UNKNOWN);
  }),
  across('an import that stacks of two Regions export', site => {
    const at = (region: string) => ({ env: { region } });
    for (const region of ['eu-west-1', 'us-east-1']) {
      const other = site.stack(`Other-${region}`, site.app, at(region));
      new CfnOutput(other, 'Id', { value: site.target(other).ref, exportName: 'web-id' });
    }
    site.launcher(site.stack('Stack', site.app, at('us-east-1')), { id: Fn.importValue('web-id'), version: '$Latest' });
    return latest('Other-us-east-1/Target');
  }),
  across('an output of another stack by the names of both', site => {
    outputs(site, site.stack('Other'));
    site.generic(site.stack(), { id: output('Id'), version: output('Version') });
    return newest(OTHER);
  }),
  across('an output of another stack by names in parameters', site => {
    outputs(site, site.stack('Other'));
    const stack = site.stack();
    new CfnParameter(stack, 'Network', { allowedValues: ['Other'] });
    site.generic(stack, { id: output('Id', { StackName: { 'Fn::Sub': '${Network}' } }), version: output('Version', { StackName: { Ref: 'Network' } }) });
    return newest(OTHER);
  }),
  across('an output of a nested stack in another one', site => {
    const other = site.stack('Other');
    const { ref } = site.target(new NestedStack(other, 'Nested'));
    new CfnOutput(other, 'Id', { value: ref });
    site.generic(site.stack(), { id: output('Id'), version: '$Latest' });
    return latest('Other/Nested/Target');
  }),
  across('an output that there is not, beside a resource of that name', site => {
    outputs(site, site.stack('Other'));
    site.generic(site.stack(), { id: output('Target'), version: '$Latest' });
    return latest(UNKNOWN);
  }),
  across('an output of a stack that is not there', site => {
    outputs(site, site.stack('Other'));
    site.generic(site.stack(), { id: output('Id', { StackName: 'Third' }), version: '$Latest' });
    return latest(UNKNOWN);
  }),
  ...([
    ['of the Region of the stack', {}, 'Other-us-east-1/Target'],
    ['of a Region that is given', { Region: 'eu-west-1' }, 'Other-eu-west-1/Target'],
    ['of a Region by its pseudo parameter', { Region: { Ref: 'AWS::Region' } }, 'Other-us-east-1/Target'],
    ['of a Region that only the deployment knows', { Region: { 'Fn::FindInMap': ['A', 'B', 'C'] } }, UNKNOWN],
    ['of another Region than there is', { Region: 'ap-south-1' }, UNKNOWN],
    ['of the account of a role', { RoleArn: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::222222222222:role/reader' } }, 'Other-222222222222/Target'],
    ['of the account of a role that there is not', { RoleArn: 'arn:aws:iam::333333333333:role/reader' }, UNKNOWN],
  ] as const).map(([name, more, source]) => across(`an output of stacks of one name, ${name}`, site => {
    const at = (region: string, account = '111111111111') => ({ env: { account, region }, stackName: 'Other' });
    for (const [id, props] of [
      ['Other-eu-west-1', at('eu-west-1')], ['Other-us-east-1', at('us-east-1')], ['Other-222222222222', at('us-east-1', '222222222222')],
    ] as const) { outputs(site, site.stack(id, site.app, props)); }
    site.generic(site.stack('Stack', site.app, { env: at('us-east-1').env }), { id: output('Id', more), version: '$Latest' });
    return latest(source);
  })),
  across('an output of the same stacks in two stages', site => {
    for (const stage of ['Beta', 'Prod'].map(id => new Stage(site.app, id))) {
      outputs(site, site.stack('Other', stage, { stackName: 'Other' }));
      site.generic(site.stack('Stack', stage), { id: output('Id'), version: '$Latest' });
    }
    return ['Beta', 'Prod'].flatMap(stage => latest(`${stage}/Other/Target`, `${stage}/Stack/Launcher`));
  }),
  across('a weak reference to another stack', site => {
    site.app.node.setContext(STRENGTH, 'weak');
    site.launcher(site.stack(), site.naming(site.target(site.stack('Other'))));
    return newest(OTHER);
  }),
  across('a weak reference to another Region', site => {
    site.app.node.setContext(STRENGTH, 'weak');
    const [stack, other] = [['Stack', 'eu-west-1'], ['Other', 'us-east-1']].map(([id, region]) => site.stack(id, site.app, { env: { account: '111111111111', region } }));
    site.launcher(stack, site.naming(site.target(other)));
    return newest(OTHER);
  }),
  across('a weak reference to another account', site => {
    site.app.node.setContext(STRENGTH, 'weak');
    const [stack, other] = [['Stack', '111111111111'], ['Other', '222222222222']].map(([id, account]) => site.stack(id, site.app, { env: { account, region: 'eu-west-1' } }));
    site.launcher(stack, site.naming(site.target(other)));
    return newest(OTHER);
  }),
  across('a weak reference from one nested stack to another one', site => {
    site.app.node.setContext(STRENGTH, 'weak');
    const [nested, other] = [site.stack(), site.stack('Other')].map(stack => new NestedStack(stack, 'Nested'));
    site.launcher(nested, site.naming(site.target(other)));
    return newest('Other/Nested/Target', 'Stack/Nested/Launcher');
  }),
  across('the same stacks in two stages', site => {
    for (const stage of ['Beta', 'Prod'].map(id => new Stage(site.app, id))) {
      site.launcher(site.stack('Stack', stage), site.naming(site.target(site.stack('Other', stage))));
    }
    return ['Beta', 'Prod'].flatMap(stage => newest(`${stage}/Other/Target`, `${stage}/Stack/Launcher`));
  }),
  across('the same exports in two stages', site => {
    for (const stage of ['Beta', 'Prod'].map(id => new Stage(site.app, id))) {
      new CfnOutput(site.stack('Other', stage), 'Id', { value: site.target(stage.node.findChild('Other')).ref, exportName: 'web-id' });
      site.launcher(site.stack('Stack', stage), { id: Fn.importValue('web-id'), version: '$Latest' });
    }
    return ['Beta', 'Prod'].flatMap(stage => latest(`${stage}/Other/Target`, `${stage}/Stack/Launcher`));
  }),
  across('the same stacks in a stage within a stage', site => {
    const outer = new Stage(site.app, 'Beta');
    for (const stage of [outer, new Stage(outer, 'Inner')]) { site.launcher(site.stack('Stack', stage), site.naming(site.target(site.stack('Other', stage)))); }
    return ['Beta/Inner', 'Beta'].flatMap(stage => newest(`${stage}/Other/Target`, `${stage}/Stack/Launcher`));
  }),
  {
    // Across Regions, CDK passes values with custom resources. A template shows that something is read, but not what.
    name: 'a reference to another Region',
    build: site => {
      const other = site.stack('Other', site.app, { env: { account: '111111111111', region: 'us-east-1' }, crossRegionReferences: true });
      const stack = site.stack('Stack', site.app, { env: { account: '111111111111', region: 'eu-west-1' }, crossRegionReferences: true });
      site.launcher(stack, site.naming(site.target(other)));
      return newest(OTHER);
    },
    templates: [{ source: UNKNOWN, versions: ['unknown'] }],
  },
];

/** The id and the newest version of a target, as outputs of its stack. */
function outputs(site: Site, stack: Stack): void {
  const target = site.target(stack);
  new CfnOutput(stack, 'Id', { value: target.ref });
  new CfnOutput(stack, 'Version', { value: target.getAtt('LatestVersionNumber').toString() });
}

/** A raw output of another stack, as in a template. */
function output(OutputName: string, more: object = {}): object {
  return { 'Fn::GetStackOutput': { StackName: 'Other', OutputName, ...more } };
}

/** A stack that exports the id and the newest version of a target. */
function exported(site: Site, id: string, version: string, stackId = 'Other'): void {
  const other = site.stack(stackId);
  const target = site.target(other);
  new CfnOutput(other, 'Id', { value: target.ref, exportName: id });
  new CfnOutput(other, 'Version', { value: target.getAtt('LatestVersionNumber').toString(), exportName: version });
}

function across(name: string, build: (site: Site) => readonly Expected[]): ReferenceForm {
  return { name, build };
}
