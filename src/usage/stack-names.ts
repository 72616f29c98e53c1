import type { DeployedName } from '../model/deployed-name';

/** The suffix that CloudFormation adds to the name of a nested stack. */
const SUFFIX = /-[A-Z0-9]{10,14}(?=-|$)/g;
const LAST_SUFFIX = /-[A-Z0-9]{10,14}$/;
/** An example of such a suffix. */
const SOME_SUFFIX = 'AAAAAAAAAAAAA';
/** The longest stack name. CloudFormation cuts a longer name in the middle. */
const LONGEST = 128;
/** A name of this length or more may have been cut. */
const CUT = 100;

/** The parts of a deployed name that the app knows, without CloudFormation's suffixes. */
export function knownPartOf(deployed: string): string {
  return deployed.replace(SUFFIX, '-*');
}

/** The same for a stack of an app. */
export function knownPartOfStack([name, ...nested]: DeployedName): string {
  return knownPartOf([name, ...nested.map(logicalId => `${logicalId}-${SOME_SUFFIX}`)].join('-'));
}

/** Whether CloudFormation may have cut a deployed name. */
export function mayBeCut(deployed: string): boolean {
  return deployed.length >= CUT && LAST_SUFFIX.test(deployed);
}

/** Whether CloudFormation may cut the name of a stack of an app. */
export function isCutOnTheWay([name, ...nested]: DeployedName): boolean {
  return nested.length > 0 && nested.reduce((length, logicalId) => length + logicalId.length + SOME_SUFFIX.length + 2, name.length) > LONGEST;
}

/** Whether a deployed name, which may be cut, can belong to a nested stack: it has the start of the outermost name and of the last logical id. */
export function isCutNameOf(deployed: string, stack: DeployedName): boolean {
  const body = deployed.replace(LAST_SUFFIX, '');
  const [name] = stack;
  const logicalId = stack[stack.length - 1];
  for (let dash = body.lastIndexOf('-'); dash > 0; dash = body.lastIndexOf('-', dash - 1)) {
    const around = body.slice(0, dash);
    if (logicalId.startsWith(body.slice(dash + 1)) && (around.startsWith(name) || name.startsWith(around))) { return true; }
  }
  return false;
}
