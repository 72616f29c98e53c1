import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { npmRequirement, overriddenName } from './npm';
import { yamlAt, yamlOf } from './yaml';

/** `pnpm-workspace.yaml`: the versions in its catalogs and overrides. */
export function pnpmWorkspace(file: TextFile): readonly Dependency[] {
  return yamlOf(file).flatMap(root => {
    const catalogs = [yamlAt(root, 'catalog'), ...(yamlAt(root, 'catalogs')?.entries ?? []).map(([, catalog]) => catalog), yamlAt(root, 'overrides')];
    return catalogs.flatMap(catalog => catalog?.entries ?? [])
      .flatMap(([key, { text, position }]) => npmRequirement(overriddenName(key), text, () => file.lineAt(position)));
  });
}
