/** The place for settings in a script, or why there is none. */
export type ScriptHead =
  | { readonly kind: 'linux' | 'windows'; readonly end: number }
  | { readonly kind: 'other'; readonly because: string };

const SHEBANG = /^\s*#![^\n]*/;
const SHELL = /^\s*#!\s*(?:\S*\/)?(?:env\s+(?:-S\s+)?)?(?:\S*\/)?(?:ba|da|z|k|a)?sh(?:\s|$)/;
const POWERSHELL = /<powershell>[^\S\n]*\n?/i;
/** The statements that have to be first in a PowerShell script. */
const FIRST_IN_POWERSHELL = /^(?:\s|#[^\n]*(?:\n|$)|<#[^]*?#>)*(?:param\b|using\b|\[[^]*?\]\s*param\b|(?:begin|process|end|dynamicparam)\s*\{)/i;
/** A script that knows its own name may read its own lines, if it contains a reading command. */
const OWN_NAME = /\$\{?0\b|BASH_SOURCE/;
const READER = /\b(?:tail|sed|awk|head|dd|mapfile|readarray|read|exec)\b|<\s*"?\$/;

/** The position for settings at the beginning of user data: after the first line, or after the tag. */
export function scriptHead(text: string): ScriptHead {
  const shebang = SHEBANG.exec(text)?.[0];
  if (shebang !== undefined) {
    if (!SHELL.test(shebang)) { return other('it is not a shell script'); }
    return OWN_NAME.test(text) && READER.test(text) ? other('the script reads its own lines') : { kind: 'linux', end: shebang.length };
  }
  return /^\s*</.test(text) ? windowsHead(text) : other(kindOf(text));
}

function windowsHead(text: string): ScriptHead {
  const tag = POWERSHELL.exec(text);
  if (!tag) { return other('it has no PowerShell script'); }
  const end = tag.index + tag[0].length;
  if (isInBatch(text.slice(0, tag.index)) || POWERSHELL.test(text.slice(end))) { return other('it is unclear which <powershell> starts the script'); }
  return FIRST_IN_POWERSHELL.test(text.slice(end)) ? other('its PowerShell script starts with a statement that must stay first') : { kind: 'windows', end };
}

/** Whether the position is inside a batch script, which continues after it. */
function isInBatch(before: string): boolean {
  const tags = before.toLowerCase();
  return tags.lastIndexOf('<script>') > tags.lastIndexOf('</script>');
}

/** The kind of user data that is not a script, in words. */
function kindOf(text: string): string {
  const start = text.trimStart();
  if (start === '') { return 'it is empty'; }
  if (/^(?:content-type|mime-version|from )/i.test(start)) { return 'it is a MIME document'; }
  if (/^#(?:cloud-config|include|cloud-boothook|part-handler|upstart-job)|^## *template:/.test(start)) { return 'it is a cloud-init file, not a script'; }
  return 'it is not a known kind of script';
}

function other(because: string): ScriptHead {
  return { kind: 'other', because };
}
