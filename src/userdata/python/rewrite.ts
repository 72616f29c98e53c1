import type { PythonRequest } from './requests';

const TOKEN = 'requests.put("http://169.254.169.254/latest/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "21600"}).text';

/** The request written for IMDSv2. `undefined` if it cannot be rewritten. */
export function rewrittenPython({ client, hasHeaders }: PythonRequest, text: string): string | undefined {
  if (hasHeaders || !text.endsWith(')')) { return undefined; }
  return /requests|session|httpx/.test(client) ? `${text.slice(0, -1)}, headers={"X-aws-ec2-metadata-token": ${TOKEN}})` : urllibCall(text);
}

/** A call that uses only Python's standard library. */
function urllibCall(text: string): string | undefined {
  const [, callee, url] = /^([\w.]*urlopen)\((.*)\)$/s.exec(text) ?? [];
  if (!callee || /,\s*data\s*=/.test(url) || /^\s*(?:[\w.]*Request\(|req(?:uest)?\b)/.test(url)) { return undefined; }
  const module = callee.includes('.') ? callee.slice(0, callee.lastIndexOf('.')) : '__import__("urllib.request").request';
  const [first, ...rest] = url.split(/,(?=\s*\w+\s*=)/);
  const token = `${module}.urlopen(${module}.Request("http://169.254.169.254/latest/api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "21600"})).read().decode()`;
  return `${callee}(${[`${module}.Request(${first}, headers={"X-aws-ec2-metadata-token": ${token}})`, ...rest].join(',')})`;
}
