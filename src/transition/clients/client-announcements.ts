import { Annotations } from 'aws-cdk-lib';
import type { CfnResource } from 'aws-cdk-lib';
import type { Launch } from '../../launch/launch-graph';
import type { UpdateEffect } from '../../launch/update-effects';
import { updateEffect } from '../../launch/update-effects';
import type { LaunchResource } from '../../launch/world';
import { plainText } from '../../model/plain-text';
import { listed } from '../../model/words';
import { addWarnings } from '../../org/warning';
import type { NewRevision } from '../../resources/environment';
import type { LeftSetting } from './client-notes';

const DOCS = 'https://github.com/cdk-imdsv2/cdk-imdsv2/blob/main/docs/client-settings.md';

/** The effect on the running instances of a launcher, in words. */
const EFFECTS: { readonly [effect in UpdateEffect]: string } = {
  'replaced': 'is replaced',
  'rolls': 'replaces its running instances',
  'may roll': 'may replace its running instances',
  'stays': 'keeps its running instances as they are',
};

/** Reports the places where settings were not written, and why. */
export function reportLeft(resource: CfnResource, left: readonly LeftSetting[]): void {
  addWarnings(resource, left.map(({ where, names, because }) => ({
    id: 'Imdsv2::ClientSettingsLeft',
    message: plainText(`${where || 'the resource'} does not get ${names.length > 0 ? listed(names) : 'client settings'}, because ${because}; set them yourself if you need them, and acknowledge (${DOCS})`),
  })));
}

/** Reports that a deployment restarts or replaces a changed resource. */
export function reportRestart(resource: CfnResource, where: string, effect: 'restart' | 'replacement'): void {
  const what = effect === 'restart'
    ? 'stops and starts the instance, or replaces it if its root volume is an instance store; Linux runs user data only at the first start'
    : 'replaces the resource and its instances';
  warnOfDeployment(resource, `${where} is changed, so a deployment ${what}`);
}

/** Reports that a variable hides one of the image, because a template does not contain those of the image. */
export function reportHiding(resource: CfnResource, places: readonly string[]): void {
  if (places.length === 0) { return; }
  warnOfDeployment(resource, `${listed(places)} gets JAVA_TOOL_OPTIONS, which replaces the JAVA_TOOL_OPTIONS of the image, if it has them; add its agents and memory limits here`);
}

/** Reports the effect on launchers of a changed template. */
export function reportNewVersion(resource: CfnResource, launches: readonly Launch[]): void {
  const effects = new Map(launches.map(launch => [launch.launcher.path, effectOf(launch)]));
  if (effects.size === 0) { return; }
  const text = `its user data changes, so after a deployment ${listed([...effects].map(([path, effect]) => `${path} ${EFFECTS[effect]}`))}`;
  if ([...effects.values()].every(effect => effect === 'stays')) {
    Annotations.of(resource).addInfoV2('Imdsv2::ClientSettingsWritten', plainText(`${text}; new instances have the settings`));
  } else {
    warnOfDeployment(resource, text);
  }
}

/** Reports the effect on a task or a job that gets a new revision. */
export function reportNewRevision(resource: CfnResource, seen: LaunchResource, { effect, keptBy }: NewRevision): void {
  const kept = keptBy ? seen.valuesAt(keptBy.path) : [];
  const isKept = kept.length > 0 && kept.every(value => String(value) === 'true');
  reportWritten(resource, `its variables change, so a deployment registers a new revision, and ${isKept ? keptBy!.effect : effect}`);
}

/** Reports the effect on a function that publishes versions. */
export function reportNewFunctionVersion(resource: CfnResource): void {
  reportWritten(resource, 'its variables change, so a deployment publishes a new version: its aliases move to it, and their provisioned concurrency starts again');
}

function reportWritten(resource: CfnResource, text: string): void {
  Annotations.of(resource).addInfoV2('Imdsv2::ClientSettingsWritten', `${text} (${DOCS})`);
}

/** The effect of a new version on a launcher. A launcher with a fixed version does not change. */
function effectOf(launch: Launch): UpdateEffect {
  return launch.versions.length === 0 || launch.versions.some(({ kind }) => kind === 'latest number') ? updateEffect(launch) : 'stays';
}

/** Whether a deployment replaces a launcher of a template that is changed. */
export function isReplaced(launch: Launch): boolean {
  return effectOf(launch) === 'replaced';
}

function warnOfDeployment(resource: CfnResource, text: string): void {
  addWarnings(resource, [{ id: 'Imdsv2::ClientSettingsReplace', message: plainText(`${text}; deploy when this is acceptable, and acknowledge (${DOCS})`) }]);
}
