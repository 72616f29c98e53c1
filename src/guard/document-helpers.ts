import type { Helper } from './helper';
import { helper } from './helper';
import { anyOf, branches, propertyHelpers } from './path-helpers';
import type { Question } from './path-helpers';
import type { CheckedSetting } from './questions';

/**
 * The same check for a JSON document, which can be an object or text.
 *
 * If Guard parses text that is not JSON, the whole evaluation ends. So the text is searched, in the parts that are literals.
 */
export function documentQuestion(block: Question, example: unknown, asked: readonly CheckedSetting[]): Question {
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
      ...textHelpers(name, key, asked, block.isLenient),
      ...block.helpers,
    ],
    clauses: value => [`${name}(${value})`],
  };
}

/** The same check for text, whole or in pieces. */
function textHelpers(name: string, key: string, asked: readonly CheckedSetting[], isLenient: boolean): Helper[] {
  const words = isLenient ? asked.flatMap(each => [noMistake(each), ...bothInText(each)]) : [String.raw`%value == /^\s*\{/`, ...asked.flatMap(each => answer(key, each))];
  const pieces = isLenient
    ? asked.flatMap(each => [noMistakeInPieces(each), ...bothInPieces(each)])
    : asked.flatMap(each => answerInPieces(key, each));
  return [
    helper(`${name}_words`, 'The same in text that is written out.', '%value is_string', ...words),
    helper(`${name}_text`, 'The same in text.', `${name}_words(%value)`),
    helper(`${name}_sub`, 'The same in Fn::Sub.',
      "%value[ keys != 'Fn::Sub' ] !exists", `${name}_words(%value.'Fn::Sub') or ${name}_words(%value.'Fn::Sub'[0])`),
    helper(`${name}_join`, 'The same in Fn::Join.',
      "%value[ keys != 'Fn::Join' ] !exists", "%value.'Fn::Join' exists", ...pieces),
    ...isLenient ? [helper(`${name}_hidden`, 'Something that is neither an object nor text.',
      '%value !is_string', 'imds_is_hidden(%value)', "%value[ keys IN ['Fn::Join', 'Fn::Sub', 'Fn::ToJsonString'] ] !exists")] : [],
  ];
}

/** The patterns that find the key and the setting in its block. */
function patternsOf(key: string, { field, accepted }: CheckedSetting) {
  const within = String.raw`([^{}]|\$\{[^{}]*\})*`;
  return {
    answer: String.raw`/"${key}"\s*:\s*\{${within}"${field.key}"\s*:\s*${accepted.pattern}\s*[,}]/`,
    repeated: [key, field.key].map(name => `/(?s)"${name}".*"${name}"/`),
    mentioned: `/"(${key}|${field.key})"/`,
  };
}

function answer(key: string, asked: CheckedSetting): string[] {
  const { answer: found, repeated } = patternsOf(key, asked);
  return [`%value == ${found}`, ...repeated.map(pattern => `%value != ${pattern}`)];
}

function answerInPieces(key: string, asked: CheckedSetting): string[] {
  const { answer: found, repeated, mentioned } = patternsOf(key, asked);
  return [
    "%value.'Fn::Join'[0] == ''",
    String.raw`%value.'Fn::Join'[1][0] == /^\s*\{/`,
    `some %value.'Fn::Join'[1][*] == ${found}`,
    `%value.'Fn::Join'[1][ this == ${mentioned} ] == ${found}`,
    ...repeated.map(pattern => `%value.'Fn::Join'[1][ this == ${pattern} ] !exists`),
  ];
}

/** A value that is not accepted. With a substitution, it is unknown. */
function mistake({ field, accepted }: CheckedSetting): string {
  return String.raw`/"${field.key}"\s*:(?!\s*("?\$\{|$))(?!\s*"?${accepted.pattern}"?\s*[,}])/`;
}

function noMistake(asked: CheckedSetting): string {
  return `%value != ${mistake(asked)}`;
}

/** Requires a field wherever the other one exists, because EMR accepts that one only together with it. */
function bothInText({ field, beside }: CheckedSetting): string[] {
  return beside ? [`%value != /"${beside.key}"/ or %value == /"${field.key}"/`] : [];
}

function bothInPieces({ field, beside }: CheckedSetting): string[] {
  return beside ? [`%value.'Fn::Join'[1][ this == /"${beside.key}"/ ] !exists or some %value.'Fn::Join'[1][*] == /"${field.key}"/`] : [];
}

function noMistakeInPieces(asked: CheckedSetting): string {
  return `%value.'Fn::Join'[1][ this == ${mistake(asked)} ] !exists`;
}
