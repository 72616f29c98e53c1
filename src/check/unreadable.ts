import type { Cause } from '../inspect/cause';
import type { Finding } from '../inspect/finding';
import { isObject, ownValue } from '../model/intrinsics';
import { recordOf } from '../resources/record-table';
import type { AssemblyTemplate } from './assembly';

const LOOP = 'Fn::ForEach::';
const MACRO = 'Fn::Transform';

/** The parts of a template that cannot be read: all of it, or parts from which CloudFormation creates resources at deployment. */
export function unreadableIn({ file, template, problem }: AssemblyTemplate): readonly Finding[] {
  if (problem !== undefined) { return [unreadable({ kind: 'error', subject: `the template ${file}`, error: problem })]; }
  const resources = isObject(template) ? ownValue(template, 'Resources') : undefined;
  return mayLaunchLater(resources).map(key => unreadable({ kind: 'made at deployment', subject: `Resources.${key} of ${file}` }));
}

/** The keys of a `Resources` section from which CloudFormation may create resources that launch instances. */
function mayLaunchLater(section: unknown): readonly string[] {
  if (!isObject(section)) { return []; }
  return Object.keys(section).filter(key => key === MACRO || (key.startsWith(LOOP) && mayLaunch(section[key])));
}

/** Whether a loop may create resources that launch instances. A loop with only other types, written out, does not. */
function mayLaunch(loop: unknown): boolean {
  const body: unknown = Array.isArray(loop) ? loop[2] : undefined;
  if (!isObject(body)) { return true; }
  const resources = Object.entries(body).filter(([key]) => !key.startsWith(LOOP) && key !== MACRO);
  return mayLaunchLater(body).length > 0 || resources.some(([, resource]) => mayBeLauncher(resource));
}

function mayBeLauncher(resource: unknown): boolean {
  const type = isObject(resource) ? ownValue(resource, 'Type') : undefined;
  return typeof type !== 'string' || type.includes('{') || recordOf(type) !== undefined;
}

function unreadable(cause: Cause): Finding {
  return { rule: 'Imdsv2::OptionsUnreadable', path: '', because: [cause] };
}
