/** Replaces `$${name}`, Terraform's escape, with the `${name}` that the shell gets. */
export function terraformAsShell(text: string): string {
  return text.includes('$${') ? text.replaceAll('$${', '${') : text;
}

/** Translates common commands of a batch file to shell, line by line. The line numbers stay the same. */
export function batchAsShell(text: string): string {
  return text.split('\n').map(line => {
    if (/^\s*(?:@?rem\b|::)/i.test(line)) { return ''; }
    return line.replace(/\\(?=\S)/g, '/').replaceAll('$', '\\$').replace(/^\s*@?\s*/, '').replace(/^echo\.?\b.*/i, ':')
      .replace(/^set\s+"?(\w+)=([^"\r]*)"?/i, '$1="$2"').replace(/%(\w+)%/g, '$${$1}').replace(/\^\r?$/, '\\')
      .replace(/^for\s+\/f\b[^(]*\(\s*['`"](.*)['`"]\s*\)\s*do\s[^]*/i, '$1');
  }).join('\n');
}
