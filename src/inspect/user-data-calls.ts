import { userDataOf } from '../launch/user-data';
import type { LaunchStack } from '../launch/world';
import { MetadataCallCertainty } from '../userdata/metadata-call';
import { scriptsOf, scriptsOfInit } from '../userdata/properties/script-places';
import type { PlacedScript } from '../userdata/properties/script-places';
import type { Finding } from './finding';
import type { Judged } from './judged';

/** The IMDSv1 calls in the scripts of a resource: requiring IMDSv2 breaks them. */
export function userDataCalls({ resource, analysis }: Judged): readonly Finding[] {
  const userData = resource.reading.of(userDataOf);
  const init = resource.init();
  if (userData.length === 0 && init === undefined) { return []; }
  const refer = (name: string) => parameterText(resource.stack, name);
  const scripts: PlacedScript[] = userData.flatMap(({ path, values }) =>
    values.flatMap(value => scriptsOf(path.join('.').replaceAll('.[]', '[]'), value, refer)));
  if (init !== undefined) { scripts.push(...scriptsOfInit(init, refer)); }
  return analysis.scripts.callsIn(scripts).map(({ path, calls }) => ({
    rule: 'Imdsv2::UserDataCallsImdsv1' as const,
    path,
    because: calls.map(({ line, command, reason, certainty, rewritten, tokenCommand }) => ({
      kind: 'call' as const, line, command, reason, rewritten, tokenCommand, isFallback: certainty === MetadataCallCertainty.FALLBACK, isCertain: certainty === MetadataCallCertainty.CERTAIN,
    })),
  }));
}

/** The default of a parameter, as far as it is a text. */
function parameterText(stack: LaunchStack, name: string): string | undefined {
  const given = stack.argument(name)?.value ?? (stack.isLookedUp(name) ? undefined : stack.declaredDefault(name));
  return typeof given === 'string' ? given : undefined;
}
