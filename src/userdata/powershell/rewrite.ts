import type { PowerShellRequest } from './requests';

const TOKEN = 'Invoke-RestMethod -Method Put -Uri http://169.254.169.254/latest/api/token -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "21600"}';
const HEADER = `-Headers @{"X-aws-ec2-metadata-token" = (${TOKEN})}`;

/** The request written for IMDSv2. `undefined` if it cannot be rewritten. */
export function rewrittenPowerShell({ pos, end, at, url, isWhole }: PowerShellRequest, text: string): string | undefined {
  if (isWhole || /-headers\b/i.test(text.slice(at ?? pos, end))) { return undefined; }
  return at === undefined ? `(Invoke-RestMethod ${HEADER} -Uri ${url})` : `${text.slice(pos, at)} ${HEADER}${text.slice(at, end)}`;
}
