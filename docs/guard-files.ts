import { GuardRules, GuardSeverity, GuardTarget } from '../src/guard/guard-rules';
import { configCases, errorCases, warningCases } from './guard-cases';
import type { GuardCase } from './guard-cases';

/** A file of the folder `guard/`. */
export interface GuardFile {
  /** Its path in the repository. */
  readonly path: string;
  readonly text: string;
}

/** The rules that the package ships, each with the file that `cfn-guard test --dir guard` tests them by. */
export function guardFiles(): GuardFile[] {
  return [
    ...filesFor('imdsv2', GuardRules.render(), errorCases()),
    ...filesFor('imdsv2-warnings', GuardRules.render({ severity: GuardSeverity.WARNING }), warningCases()),
    ...filesFor('imdsv2-config', GuardRules.render({ target: GuardTarget.CONFIGURATION_ITEM, severity: GuardSeverity.ALL }), configCases()),
  ];
}

function filesFor(name: string, rules: string, cases: readonly GuardCase[]): GuardFile[] {
  return [
    { path: `guard/${name}.guard`, text: rules },
    { path: `guard/tests/${name}_tests.json`, text: `[\n${cases.map(each => JSON.stringify(each)).join(',\n')}\n]\n` },
  ];
}
