import { App, CfnResource, Mixins, Stack } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { RequireImdsv2 } from '../src';
import { count, table } from './table';

const SIZES = [1_000, 2_000, 4_000, 8_000];
/** The numbers of pairs of a template and an instance that launches from it. */
const PAIRS = [1_000, 2_000, 4_000];
const WARM_UP = 300;
const STACK_SIZE = 400;

/** How many times more a template can cost in the largest app than in one of half the size. With quadratic growth, it would be two times. */
const TOLERATED = 1.5;

/** The costs of one number of templates. */
interface Step {
  readonly templates: number;
  /** Processor time, in ms. */
  readonly cpu: number;
}

/**
 * Applies a mixin to launch templates one after the other, as `.with()` does, and prints a table. Returns a complaint if the costs are not linear.
 */
export function mix(): string[] {
  mixed(WARM_UP);
  const steps = SIZES.map(templates => mixed(templates));
  console.log(`L1: launch templates, each made and then mixed with RequireImdsv2\n\n${mixingTable(steps)}\n`);
  const pairs = PAIRS.map(templates => mixed(templates, true));
  console.log(`L1: the same, each with an instance that launches from it, which is mixed too\n\n${mixingTable(pairs)}\n`);
  const whole = SIZES.map(templates => mixedAtOnce(templates));
  console.log(`L1: such pairs, all of them made, and then one mixin applied to the app\n\n${mixingTable(whole)}\n`);
  const [half, most] = steps.slice(-2);
  const isLinear = most.cpu / most.templates <= TOLERATED * half.cpu / half.templates;
  return isLinear ? [] : [`.with() is not linear: ${count(half.templates)} templates take ${count(half.cpu)} ms, ${count(most.templates)} take ${count(most.cpu)}`];
}

/** The mixin is applied to each construct right after its creation. */
function mixed(templates: number, haveInstances = false): Step {
  const mixin = new RequireImdsv2();
  return stepOf(templates, () => { makeIn(new App({ analyticsReporting: false }), templates, haveInstances, construct => construct.with(mixin)); });
}

/** The mixin is applied after all constructs are created. */
function mixedAtOnce(templates: number): Step {
  const app = new App({ analyticsReporting: false });
  makeIn(app, templates, true, () => undefined);
  return stepOf(templates, () => { Mixins.of(app).apply(new RequireImdsv2()); });
}

function makeIn(app: App, templates: number, haveInstances: boolean, made: (construct: CfnResource) => void): void {
  let stack: Stack | undefined;
  for (let index = 0; index < templates; index++) {
    if (!stack || index % STACK_SIZE === 0) { stack = new Stack(app, `Stack${index / STACK_SIZE}`); }
    const template = new CfnLaunchTemplate(stack, `Template${index}`, { launchTemplateData: { instanceType: 't3.micro' } });
    made(template);
    if (!haveInstances) { continue; }
    const launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
    made(new CfnInstance(stack, `Instance${index}`, { launchTemplate }));
  }
}

function stepOf(templates: number, work: () => void): Step {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return { templates, cpu: (user + system) / 1000 };
}

function mixingTable(steps: readonly Step[]): string {
  return table(steps, [
    { title: 'templates', cell: ({ templates }) => count(templates) },
    { title: 'CPU ms', cell: ({ cpu }) => cpu },
    { title: 'µs each', cell: ({ cpu, templates }) => cpu * 1000 / templates },
  ]);
}
