import type { IResolvable } from 'aws-cdk-lib';
import { Aws, Lazy, Token } from 'aws-cdk-lib';
import { whereSilent, whereUnset } from './carriers';
import type { Form } from './form';
import type { Way } from './ways';

/** Tokens exist only in code: a template file contains none. */
const IN_CODE: readonly Way[] = ['typed L1', 'generic CfnResource'];

/** Forms of input that are only known at synthesis. */
export const TOKEN_FORMS: readonly Form[] = [
  {
    name: 'a Lazy block with a weak value',
    given: (c, spell) => c.around(Lazy.any({ produce: () => spell(c.words.say(c.words.weak)) })),
    becomes: c => c.around(c.words.say(c.words.required)),
    ways: IN_CODE,
  },
  {
    name: 'a Lazy block that is already required',
    given: (c, spell) => c.around(Lazy.any({ produce: () => spell(c.words.say(c.words.required)) })),
    becomes: c => c.around(c.words.say(c.words.required)),
    changes: () => false,
    ways: IN_CODE,
  },
  {
    name: 'a Lazy block with other settings only',
    given: (c, spell) => c.around(Lazy.any({ produce: () => spell(c.words.say()) })),
    becomes: c => c.around(whereSilent(c)),
    changes: c => !c.inherits,
    ways: IN_CODE,
  },
  {
    name: 'a Lazy block that is nothing in the end',
    given: c => c.around(Lazy.any({ produce: () => undefined })),
    becomes: c => c.around(whereUnset(c)),
    changes: c => !c.inherits,
    ways: IN_CODE,
  },
  {
    name: 'an IResolvable block',
    given: (c, spell) => c.around(resolvable(() => spell(c.words.say(c.words.weak)))),
    becomes: c => c.around(c.words.say(c.words.required)),
    ways: IN_CODE,
  },
  {
    name: 'a Lazy block within a Lazy block',
    given: (c, spell) => c.around(Lazy.any({ produce: () => Lazy.any({ produce: () => spell(c.words.say(c.words.weak)) }) })),
    becomes: c => c.around(c.words.say(c.words.required)),
    ways: IN_CODE,
  },
  {
    name: 'a Lazy weak value',
    given: (c, spell) => c.around(spell(c.words.say(Lazy.any({ produce: () => c.words.weak })))),
    becomes: c => c.around(c.words.say(c.words.required)),
    ways: IN_CODE,
  },
  {
    name: 'a Lazy value that is already required',
    given: (c, spell) => c.around(spell(c.words.say(Lazy.any({ produce: () => c.words.required })))),
    becomes: c => c.around(c.words.say(c.words.required)),
    changes: () => false,
    ways: IN_CODE,
  },
  {
    name: 'a string token that only CloudFormation knows',
    given: (c, spell) => c.around(spell(c.words.say(Aws.REGION))),
    becomes: c => c.around(c.words.say(c.words.required)),
    ways: IN_CODE,
  },
  {
    name: 'a weak value encoded as a string token',
    given: (c, spell) => c.around(spell(c.words.say(Token.asString(resolvable(() => c.words.weak))))),
    becomes: c => c.around(c.words.say(c.words.required)),
    ways: IN_CODE,
  },
  {
    name: 'a Lazy around the block',
    given: (c, spell) => {
      const { [c.ancestor!]: around, ...others } = c.around(c.words.say(c.words.weak));
      return { ...others, [c.ancestor!]: Lazy.any({ produce: () => spell(around) }) };
    },
    becomes: c => c.around(c.words.say(c.words.required)),
    ways: IN_CODE,
    suits: c => c.ancestor !== undefined,
  },
];

function resolvable(produce: () => unknown): IResolvable {
  return { creationStack: [], resolve: produce, toString: () => 'a token of the test' };
}
