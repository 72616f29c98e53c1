import { Token } from 'aws-cdk-lib';
import { checkValue, instance, required, TEXT } from '../../model/kinds';
import { describeValue } from '../../model/setting';
import type { Listing, WantedTag } from './definition/settings';
import { literally } from './policy-text';

/**
 * The instances that a repair covers, in its account and Region.
 *
 * @example
 * import { RepairSelection } from 'cdk-imdsv2';
 *
 * const selection = RepairSelection.tags({ Environment: ['staging'], Team: ['web', 'search'] });
 */
export class RepairSelection {
  /**
   * Instances with these tags: all of the keys, each with one of the values.
   *
   * @param tags the keys and their values; a key without values matches any value
   * @throws Error if there are no tags, or more than EC2 accepts
   */
  public static tags(tags: { [key: string]: string[] }): RepairSelection {
    const isMap = typeof tags === 'object' && tags !== null && !Array.isArray(tags);
    const wanted = isMap ? Object.entries(tags).map(([key, values]) => ({ key, values })) : [];
    if (wanted.length === 0) { throw new Error(`tags must have a key or more, got ${describeValue(tags)}`); }
    if (wanted.some(({ key }) => !isText(key) || key === '')) { throw new Error(`tags must have keys that are texts, got ${describeValue(Object.keys(tags))}`); }
    if (new Set(wanted.map(({ key }) => key.toLowerCase())).size < wanted.length) {
      throw new Error(`tags must have keys that differ in more than case, as IAM tells them apart by nothing else, got ${describeValue(Object.keys(tags))}`);
    }
    if (wanted.some(({ key }) => Token.isUnresolved(key))) { throw new Error('tags must have keys that are known at synthesis, got an unresolved value'); }
    wanted.forEach(({ key, values }) => checkTexts(`tags.${key}`, values));
    checkRoom('tags', wanted);
    return new RepairSelection('tags', wanted);
  }

  /**
   * The instances of Auto Scaling groups.
   *
   * @param names the names of the groups
   * @throws Error if there are none
   */
  public static autoScalingGroups(names: string[]): RepairSelection {
    return RepairSelection.byTag('aws:autoscaling:groupName', names);
  }

  /**
   * The instances of CloudFormation stacks: their instance resources, and the instances that their groups launched.
   *
   * @param names the names of the stacks, not those of their nested stacks
   * @throws Error if there are none
   */
  public static stacks(names: string[]): RepairSelection {
    return RepairSelection.byTag('aws:cloudformation:stack-name', names);
  }

  /**
   * The instances that an AWS Config rule finds noncompliant, such as a rule with `EC2_IMDSV2_CHECK`.
   *
   * @param configRuleName the name of the rule
   * @throws Error if it is not a name
   */
  public static configFindings(configRuleName: string): RepairSelection {
    checkValue('configRuleName', configRuleName, required(TEXT));
    if (!isRuleName(configRuleName)) { throw new Error(`configRuleName must be the name of a rule, 128 characters at most, and not its ARN, got ${describeValue(configRuleName)}`); }
    return new RepairSelection('findings', [], configRuleName);
  }

  /** Every instance. */
  public static all(): RepairSelection {
    return new RepairSelection('all', []);
  }

  private static byTag(key: string, values: string[]): RepairSelection {
    checkTexts('names', values);
    if (values.length === 0) { throw new Error('names must have a name or more, got []'); }
    if (!Token.isUnresolved(values) && values.includes('')) { throw new Error(`names must be names, got ${describeValue(values)}`); }
    checkRoom('names', [{ key, values }]);
    return new RepairSelection('tags', [{ key, values }]);
  }

  private constructor(
    /** @internal */
    public readonly _listing: Listing,
    /** @internal */
    public readonly _tags: readonly WantedTag[],
    /** @internal */
    public readonly _configRuleName?: string,
  ) {}
}

/** All inline policies of a role together can have 10,240 characters. */
const MAX_CHARACTERS = 5000;

function isText(text: unknown): boolean {
  return typeof text === 'string' && !text.startsWith('{%');
}

function isRuleName(name: string): boolean {
  return isText(name) && (Token.isUnresolved(name) || (name.trim() !== '' && name.length <= 128 && !name.startsWith('arn:')));
}

/** EC2 accepts 200 values in a filter. A text that looks like an expression of the States Language would be evaluated. */
function checkTexts(name: string, texts: unknown): void {
  const areTexts = Array.isArray(texts) && (Token.isUnresolved(texts) || (texts.length <= 200 && texts.every(isText)));
  if (!areTexts) { throw new Error(`${name} must be an array of 200 strings at most, got ${describeValue(texts)}`); }
}

/** The policy of the role has a condition for each key, with its values in IAM's syntax. */
function checkRoom(name: string, tags: readonly WantedTag[]): void {
  const written = tags.map(({ key, values }) => [key, ...Token.isUnresolved(values) ? [] : values.map(literally)]);
  const length = written.flat().join('').length;
  if (length > MAX_CHARACTERS) {
    throw new Error(`${name} must have ${MAX_CHARACTERS} characters at most in all, which the policy of the role has room for, got ${length}`);
  }
}

/** The accepted values of `selection`. */
export const SELECTION = instance('a RepairSelection, such as RepairSelection.all()', value => value instanceof RepairSelection);
