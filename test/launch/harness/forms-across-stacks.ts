import { CfnOutput, CfnParameter, Fn, Stage } from 'aws-cdk-lib';
import type { Expected, ReferenceForm, Site } from './site';
import { latest, newest, UNKNOWN } from './site';

const OTHER = 'Other/Target';

/** Forms in which another stack, or another stage, has what the launcher names. */
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
    // Across Regions CDK hands values over by custom resources: a template shows that something is read, not what.
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
