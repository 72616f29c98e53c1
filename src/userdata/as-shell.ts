/** Terraform writes `$${name}` for what is `${name}` to the shell. */
export function terraformAsShell(text: string): string {
  return text.includes('$${') ? text.replaceAll('$${', '${') : text;
}

/** Batch files say the same in other words; lines stay where they are. */
export function batchAsShell(text: string): string {
  return text.split('\n').map(line => {
    if (/^\s*(?:@?rem\b|::)/i.test(line)) { return ''; }
    return line.replace(/\\(?=\S)/g, '/').replaceAll('$', '\\$').replace(/^\s*@?\s*/, '').replace(/^echo\.?\b.*/i, ':')
      .replace(/^set\s+"?(\w+)=([^"\r]*)"?/i, '$1="$2"').replace(/%(\w+)%/g, '$${$1}').replace(/\^\r?$/, '\\')
      .replace(/^for\s+\/f\b[^(]*\(\s*['`"](.*)['`"]\s*\)\s*do\s[^]*/i, '$1');
  }).join('\n');
}
