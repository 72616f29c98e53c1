import { isMetadataHost } from '../../request/address';

/** Notes the aliases of the metadata service in a text for /etc/hosts. */
export function noteAliases(text: string, aliases: Set<string>): void {
  for (const line of text.split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (address === '169.254.169.254') { names.forEach(name => aliases.add(name)); }
  }
}

/** Whether a path is a connection of bash to the metadata service. */
export function isSocket(path: string): boolean {
  const [, host] = /^\/dev\/tcp\/([^/]+)\/[^/]+$/.exec(path) ?? [];
  return host !== undefined && isMetadataHost(host);
}
