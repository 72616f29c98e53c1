import type { Helper } from './helper';
import { helper } from './helper';
import { anyOf, branches, propertyHelpers } from './path-helpers';
import type { ValueCheck } from './path-helpers';
import type { CheckedSetting } from './value-checks';

/**
 * The check of a block, for a JSON document that contains the block. The document can be an object or a text.
 *
 * If Guard parses a text that is not JSON, the whole evaluation ends. So a text is not parsed, but searched with patterns, in its literal parts.
 */
export function documentCheck(block: ValueCheck, example: unknown, settings: readonly CheckedSetting[]): ValueCheck {
  const [key] = Object.keys(example as object);
  const name = `imds_${block.name}_whole`;
  return {
    ...block,
    helpers: [
      helper(name, 'A JSON document: an object, or text.', ...anyOf(
        `${name}_content(%value)`, `${name}_text(%value)`, `${name}_join(%value)`, `${name}_sub(%value)`, `${name}_function(%value)`,
        `${name}_branches(%value)`, ...block.isLenient ? [`${name}_hidden(%value)`] : [])),
      branches(name),
      ...propertyHelpers(`${name}_content`, key, { call: block.clauses }, { isOptional: block.isOptional || block.isLenient, isLenient: false }),
      helper(`${name}_function`, 'The same in Fn::ToJsonString.',
        "%value[ keys != 'Fn::ToJsonString' ] !exists", "%value.'Fn::ToJsonString' is_struct", `${name}_content(%value.'Fn::ToJsonString')`),
      ...textHelpers(name, key, settings, block.isLenient),
      ...block.helpers,
    ],
    clauses: value => [`${name}(${value})`],
  };
}

/** The helpers for a document that is a text, whole or in pieces. */
function textHelpers(name: string, key: string, settings: readonly CheckedSetting[], isLenient: boolean): Helper[] {
  const words = isLenient ? settings.flatMap(each => [noMistake(each), ...bothInText(each)]) : [String.raw`%value == /^\s*\{/`, ...settings.flatMap(each => acceptedInText(key, each))];
  const pieces = isLenient
    ? settings.flatMap(each => [noMistakeInPieces(each), ...bothInPieces(each)])
    : settings.flatMap(each => acceptedInPieces(key, each));
  return [
    helper(`${name}_words`, 'The same in a literal text.', '%value is_string', ...words),
    helper(`${name}_text`, 'The same in text.', `${name}_words(%value)`),
    helper(`${name}_sub`, 'The same in Fn::Sub.',
      "%value[ keys != 'Fn::Sub' ] !exists", `${name}_words(%value.'Fn::Sub') or ${name}_words(%value.'Fn::Sub'[0])`),
    helper(`${name}_join`, 'The same in Fn::Join.',
      "%value[ keys != 'Fn::Join' ] !exists", "%value.'Fn::Join' exists", ...pieces),
    ...isLenient ? [helper(`${name}_hidden`, 'Something that is neither an object nor text.',
      '%value !is_string', 'imds_is_hidden(%value)', "%value[ keys IN ['Fn::Join', 'Fn::Sub', 'Fn::ToJsonString'] ] !exists")] : [],
  ];
}

/** Patterns for the block with a key in a JSON text: the block with an accepted setting, a repeated key, and any mention of the keys. */
function patternsOf(key: string, { field, accepted }: CheckedSetting) {
  const within = String.raw`([^{}]|\$\{[^{}]*\})*`;
  return {
    hasAccepted: String.raw`/"${key}"\s*:\s*\{${within}"${field.key}"\s*:\s*${accepted.pattern}\s*[,}]/`,
    repeated: [key, field.key].map(name => `/(?s)"${name}".*"${name}"/`),
    mentioned: `/"(${key}|${field.key})"/`,
  };
}

function acceptedInText(key: string, setting: CheckedSetting): string[] {
  const { hasAccepted, repeated } = patternsOf(key, setting);
  return [`%value == ${hasAccepted}`, ...repeated.map(pattern => `%value != ${pattern}`)];
}

function acceptedInPieces(key: string, setting: CheckedSetting): string[] {
  const { hasAccepted, repeated, mentioned } = patternsOf(key, setting);
  return [
    "%value.'Fn::Join'[0] == ''",
    String.raw`%value.'Fn::Join'[1][0] == /^\s*\{/`,
    `some %value.'Fn::Join'[1][*] == ${hasAccepted}`,
    `%value.'Fn::Join'[1][ this == ${mentioned} ] == ${hasAccepted}`,
    ...repeated.map(pattern => `%value.'Fn::Join'[1][ this == ${pattern} ] !exists`),
  ];
}

/** A pattern for a value that is not accepted. A value with a substitution is unknown, so it does not match. */
function mistake({ field, accepted }: CheckedSetting): string {
  return String.raw`/"${field.key}"\s*:(?!\s*("?\$\{|$))(?!\s*"?${accepted.pattern}"?\s*[,}])/`;
}

function noMistake(setting: CheckedSetting): string {
  return `%value != ${mistake(setting)}`;
}

/** Requires the field if the field `beside` exists, because EMR accepts that one only together with it. */
function bothInText({ field, beside }: CheckedSetting): string[] {
  return beside ? [`%value != /"${beside.key}"/ or %value == /"${field.key}"/`] : [];
}

function bothInPieces({ field, beside }: CheckedSetting): string[] {
  return beside ? [`%value.'Fn::Join'[1][ this == /"${beside.key}"/ ] !exists or some %value.'Fn::Join'[1][*] == /"${field.key}"/`] : [];
}

function noMistakeInPieces(setting: CheckedSetting): string {
  return `%value.'Fn::Join'[1][ this == ${mistake(setting)} ] !exists`;
}
