/** Replaces `$${name}`, Terraform's escape, with the `${name}` that the shell gets. */
export function terraformAsShell(text: string): string {
  return text.includes('$${') ? text.replaceAll('$${', '${') : text;
}

/** A loop over the output of a command, with the variable that its body sets to this output. */
const FOR_OUTPUT = /^for\s+\/f\b[^(]*\(\s*['`"](.*)['`"]\s*\)\s*do\s+(?:\(?\s*@?set\s+"?(\w+)=%%~?[a-z]\b)?[^]*/i;

/** Translates common commands of a batch file to shell, line by line. The line numbers stay the same. */
export function batchAsShell(text: string): string {
  return text.split('\n').map(line => {
    if (/^\s*(?:@?rem\b|::)/i.test(line)) { return ''; }
    return line.replace(/\\(?=\S)/g, '/').replaceAll('$', '\\$').replace(/^\s*@?\s*/, '').replace(/^echo\.?\b.*/i, ':')
      .replace(/^set\s+"?(\w+)=([^"\r]*)"?/i, '$1="$2"').replace(/%(\w+)%/g, '$${$1}').replace(/\^\r?$/, '\\')
      .replace(FOR_OUTPUT, (_, command: string, name: string | undefined) => name === undefined ? command : `${name}=$(${command})`);
  }).join('\n');
}
