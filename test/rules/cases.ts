import { DEPENDENCY_CASES } from './dependency-cases';
import { ENFORCEMENT_CASES } from './enforcement-cases';
import { LAUNCH_CASES } from './launch-cases';
import { OPTIONS_CASES } from './options-cases';
import type { RuleCase } from './rule-case';

/** A failing and a passing case for every rule. */
export const RULE_CASES: readonly RuleCase[] = [...OPTIONS_CASES, ...LAUNCH_CASES, ...ENFORCEMENT_CASES, ...DEPENDENCY_CASES];
