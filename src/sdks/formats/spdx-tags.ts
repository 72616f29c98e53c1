import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { packageListed } from './sbom-package';

/** Whether a text is SPDX 2 with tags and values. */
export function isTagged(text: string): boolean {
  return /^SPDXVersion:/m.test(text.slice(0, 2000));
}

/** SPDX 2 with a tag and a value on each line. A package starts with its name. */
export function spdxTags(file: TextFile): readonly Dependency[] {
  const packages: { line: number; name: string; version?: string; url?: string }[] = [];
  for (const [index, line] of file.lines.entries()) {
    const [, tag, value] = /^(PackageName|PackageVersion|ExternalRef):\s*(\S.*)$/.exec(line) ?? [];
    const last = packages[packages.length - 1];
    if (tag === 'PackageName') { packages.push({ line: index + 1, name: value }); }
    if (tag === 'PackageVersion' && last) { last.version = value.trim(); }
    const [, url] = /^PACKAGE[-_]MANAGER\s+purl\s+(\S+)/.exec(value ?? '') ?? [];
    if (tag === 'ExternalRef' && last && url !== undefined) { last.url = url; }
  }
  return packages.flatMap(({ line, ...listed }) => packageListed({ ...listed, line: () => line }));
}
