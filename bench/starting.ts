import { spawnSync } from 'child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { least } from './statistics';
import { table } from './table';

const REPOSITORY = resolve(__dirname, '..');
const LIBRARY = join(REPOSITORY, 'lib');
const ROUNDS = 7;
const RESOURCES = 60;

/** How many times more a small app can cost with `Imdsv2.enforce()`, in total, than with the same settings by hand. */
const TOLERATED = 1.06;

/**
 * The validation of the app besides the library: CDK's own validation, which is on by default and takes seconds, or a plugin that accepts everything.
 */
type Validation = "CDK's own validation" | 'a plugin that accepts everything';
const VALIDATIONS: readonly Validation[] = ["CDK's own validation", 'a plugin that accepts everything'];

/** An app that starts in its own process, without warm-up. */
const APP = `
const { App, Stack, Validations } = require('aws-cdk-lib');
const { CfnInstance, CfnLaunchTemplate } = require('aws-cdk-lib/aws-ec2');
const { CfnTopic } = require('aws-cdk-lib/aws-sns');
const [outdir, isAccepted, isByHand, library] = process.argv.slice(2);
const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: isAccepted !== 'true' });
if (isAccepted === 'true') { Validations.of(app).addPlugins({ name: 'Accepting', validate: () => ({ success: true, violations: [] }) }); }
const stack = new Stack(app, 'Stack');
const options = isByHand === 'true' ? { metadataOptions: { httpTokens: 'required' } } : {};
for (let index = 0; index < ${RESOURCES / 3}; index++) {
  new CfnTopic(stack, 'Topic' + index);
  const template = new CfnLaunchTemplate(stack, 'Template' + index, { launchTemplateData: { instanceType: 't3.micro', ...options } });
  new CfnInstance(stack, 'Instance' + index, { launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber }, ...options });
}
const before = process.cpuUsage();
if (library) { require(library).Imdsv2.enforce(app); }
const { user, system } = process.cpuUsage(before);
const atCall = Object.keys(require.cache).filter(file => file.startsWith(library)).length;
app.synth();
const all = process.cpuUsage();
process.stdout.write(JSON.stringify({ cpu: (all.user + all.system) / 1000, atCall, load: (user + system) / 1000 }));
`;

/** How the app gets its settings: not at all, by hand in each resource, or by the one line. CDK also needs time for the settings themselves. */
type Variant = 'without' | 'settings by hand' | 'Imdsv2.enforce';
const VARIANTS: readonly Variant[] = ['without', 'settings by hand', 'Imdsv2.enforce'];

/** The costs of one process. */
interface Start {
  /** The total processor time, in ms. */
  readonly cpu: number;
  /** The processor time to load the library and call it, in ms, and the number of its files that are loaded after that. */
  readonly load: number;
  readonly atCall: number;
}

/**
 * Starts a small app with `Imdsv2.enforce()` and without it, and prints tables. Returns complaints if it costs too much. It needs the compiled
 * library.
 */
export function start(): string[] {
  if (!existsSync(LIBRARY)) { throw new Error('there is no compiled library: run `npm run compile` first'); }
  return VALIDATIONS.flatMap(startWith);
}

function startWith(validation: Validation): string[] {
  const starts = new Map(VARIANTS.map(variant => [variant, [] as Start[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const variant of VARIANTS) { starts.get(variant)!.push(started(validation, variant)); }
  }
  const cpuOf = (variant: Variant) => least(starts.get(variant)!.map(({ cpu }) => cpu));
  const bare = cpuOf('without');
  console.log(`a process: an app of ${RESOURCES} resources, cold, with ${validation}, ${ROUNDS} rounds\n\n${table(VARIANTS, [
    { title: 'variant', cell: variant => variant },
    { title: 'CPU ms: least', cell: cpuOf },
    { title: 'ratio', cell: variant => (cpuOf(variant) / bare).toFixed(2) },
    { title: 'CPU ms of loading and calling', cell: variant => least(starts.get(variant)!.map(({ load }) => load)) },
    { title: 'files loaded by then', cell: variant => starts.get(variant)![0].atCall },
  ])}\n`);
  const [byHand, ours] = [cpuOf('settings by hand'), cpuOf('Imdsv2.enforce')];
  return ours <= TOLERATED * byHand ? [] : [`with ${validation}, a small app takes ${((ours / byHand - 1) * 100).toFixed(0)}% more with the one line than by hand`];
}

function started(validation: Validation, variant: Variant): Start {
  const directory = mkdtempSync(join(tmpdir(), 'bench-start-'));
  try {
    const file = join(directory, 'app.js');
    writeFileSync(file, APP);
    const flags = [validation !== VALIDATIONS[0], variant === 'settings by hand'].map(String);
    const { status, stdout, error } = spawnSync(process.execPath, [file, join(directory, 'cdk.out'), ...flags, ...variant === 'Imdsv2.enforce' ? [LIBRARY] : []], {
      encoding: 'utf8',
      env: { NODE_PATH: join(REPOSITORY, 'node_modules') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) { throw error ?? new Error(`the app ended with ${status}`); }
    return JSON.parse(stdout) as Start;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
