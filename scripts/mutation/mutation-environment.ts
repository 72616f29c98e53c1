import type { Circus } from '@jest/types';
import OneRealmEnvironment from '../../test/setup/one-realm-environment';
import { currentRun } from './switches';

/** Runs the selected tests of a file, until the first failure. */
export default class MutationEnvironment extends OneRealmEnvironment {
  public override handleTestEvent(event: Circus.Event): void {
    super.handleTestEvent(event);
    const run = currentRun();
    switch (event.name) {
      case 'test_start': {
        const name = fullName(event.test);
        if (run.done || (run.only && !run.only.has(name))) {
          event.test.mode = 'skip';
        } else {
          run.started?.(name);
        }
        return;
      }
      case 'test_done': {
        if (event.test.errors.length > 0) { run.failed?.(fullName(event.test)); }
        return;
      }
    }
  }
}

function fullName({ name, parent }: { readonly name: string; readonly parent?: Circus.DescribeBlock }): string {
  return parent?.parent ? `${fullName(parent)} ${name}` : name;
}
