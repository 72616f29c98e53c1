import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Outcome } from '../../scripts/apps/app-directory';
import { findingsIn, isValidated } from '../../scripts/apps/finding';

const root = mkdtempSync(join(tmpdir(), 'findings-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A directory after a run. */
function ran(outcome?: Outcome, violations?: readonly object[], conclusion = 'failure') {
  const path = mkdtempSync(join(root, 'app-'));
  mkdirSync(join(path, 'cdk.out'));
  if (outcome) { writeFileSync(join(path, 'outcome.json'), JSON.stringify(outcome)); }
  if (violations) {
    writeFileSync(join(path, 'cdk.out', 'validation-report.json'), JSON.stringify({ pluginReports: [{ pluginName: 'Plugin', conclusion, violations }] }));
  }
  return { name: 'app', path };
}

const WELL = { exitCode: 0 };
const violation = (severity?: string) => ({ ruleName: 'E1029', description: 'wrong', severity, violatingConstructs: [{ constructPath: 'Stack/Topic' }] });

test.each(['error', 'fatal', undefined])('a violation of severity %s is a finding', severity => {
  expect(findingsIn(ran(WELL, [violation(severity)]))).toEqual([{ rule: 'E1029', at: 'Stack/Topic', text: 'wrong' }]);
});

test('a warning is not a finding', () => {
  expect(findingsIn(ran(WELL, [violation('warning')], 'success'))).toEqual([]);
});

test('a violation without a construct is a finding', () => {
  expect(findingsIn(ran(WELL, [{ ...violation('error'), violatingConstructs: [] }]))).toEqual([{ rule: 'E1029', at: '', text: 'wrong' }]);
});

test('a plugin that fails without a message is a finding', () => {
  expect(findingsIn(ran(WELL, []))).toEqual([expect.objectContaining({ rule: 'failure' })]);
});

test('a thrown error is a finding', () => {
  expect(findingsIn(ran({ exitCode: 1, error: 'Error: no such thing' }))).toEqual([{ rule: 'exception', at: '', text: 'Error: no such thing' }]);
});

test('an error of a rule is a finding of the rule', () => {
  const error = 'Validation failed with the following errors:\n  [Shop] a stage was not reached\n    call it there [Imdsv2::StageNotEnforced]\n    at main (app.js:1:1)';
  expect(findingsIn(ran({ exitCode: 1, error }))).toEqual([expect.objectContaining({ rule: 'Imdsv2::StageNotEnforced', at: 'Shop' })]);
});

test('another error beside it is a finding of its own', () => {
  const error = 'Validation failed with the following errors:\n  [Shop] a stage was not reached [Imdsv2::StageNotEnforced]\n  [Shop/Web] no subnet';
  expect(findingsIn(ran({ exitCode: 1, error }))[1]).toEqual({ rule: 'exception', at: 'Shop/Web', text: 'no subnet' });
});

test('an exit code is a finding if there is no other one', () => {
  expect(findingsIn(ran({ exitCode: 2 }))).toEqual([expect.objectContaining({ rule: 'exit code' })]);
});

test('an app that was not reached is a finding', () => {
  expect(findingsIn(ran())).toEqual([expect.objectContaining({ rule: 'no outcome' })]);
});

describe('an app is validated', () => {
  test('if it has a template and a report', () => {
    const app = ran(WELL, [], 'success');
    writeFileSync(join(app.path, 'cdk.out', 'Stack.template.json'), '{}');
    expect(isValidated(app)).toBe(true);
  });

  test('but not without a template', () => {
    expect(isValidated(ran(WELL, [], 'success'))).toBe(false);
  });

  test('and not without a report', () => {
    const app = ran(WELL);
    writeFileSync(join(app.path, 'cdk.out', 'Stack.template.json'), '{}');
    expect(isValidated(app)).toBe(false);
  });
});
