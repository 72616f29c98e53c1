import type { Described } from '../../../handlers/imdsv1-usage/instances';
import { newMemory } from '../../../handlers/imdsv1-usage/memory';
import { noteNextLaunches } from '../../../handlers/imdsv1-usage/next-launch';
import { takeInDescribed } from '../../../handlers/imdsv1-usage/take-in-described';

const GROUP = { kind: 'Auto Scaling group', name: 'web' } as const;

function instance(id: string, requires: boolean, launched: number, version?: string, is: Described['is'] = 'running', template = 'lt-1'): Described {
  return { id, is, requires, launched, launcher: GROUP, ...version !== undefined && { template: [template, version] } };
}

/** The result after these descriptions, one after the other. */
function noted(...runs: readonly Described[][]): boolean | undefined {
  const memory = newMemory();
  runs.forEach((described, hour) => {
    takeInDescribed(memory, described, hour);
    noteNextLaunches(memory, described);
  });
  return memory.launchers['Auto Scaling group web'].launchesRequired;
}

describe('whether a launcher launches instances with required IMDSv2', () => {
  test.each<[string, Described[], boolean]>([
    ['all instances require it', [instance('i-1', true, 1, '1'), instance('i-2', true, 2, '1')], true],
    ['none does', [instance('i-1', false, 1, '1')], false],
    ['the newest ones do, of a newer version', [instance('i-1', false, 1, '1'), instance('i-2', true, 2, '2'), instance('i-3', true, 2, '2')], true],
    ['the newest one does, launched in the same hour', [instance('i-2', true, 1, '10'), instance('i-1', false, 1, '9')], true],
    ['somebody changed the newest one outside CloudFormation', [instance('i-1', false, 1, '1'), instance('i-2', true, 2, '1')], false],
    ['somebody changed an older one outside CloudFormation', [instance('i-1', true, 1, '1'), instance('i-2', false, 2, '1')], false],
    ['it was turned back', [instance('i-1', true, 1, '2'), instance('i-2', false, 2, '3')], false],
    ['there is no launch template, and one does not', [instance('i-1', false, 1), instance('i-2', true, 2)], false],
    ['the newest one does, of another template than others', [instance('i-1', false, 1, '1'), instance('i-2', true, 2, '1', 'running', 'lt-arm')], false],
    ['the newest ones of both templates do', [
      instance('i-0', false, 0, '1'), instance('i-1', true, 1, '2'), instance('i-2', true, 2, '1', 'running', 'lt-arm'),
    ], true],
    ['a stopped one does not', [instance('i-1', true, 1, '1'), instance('i-2', false, 2, '1', 'stopped')], true],
  ])('if %s', (_, described, expected) => {
    expect(noted(described)).toBe(expected);
  });

  test('stays the same if no instance runs any more', () => {
    expect(noted([instance('i-1', true, 1, '1')], [])).toBe(true);
  });
});
