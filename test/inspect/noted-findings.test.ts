import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Finding } from '../../src/inspect/finding';
import { isNotedAt, noteFinding, notedFindings } from '../../src/inspect/noted-findings';

const noted = (...findings: readonly Finding[]): Construct => {
  const construct = new Construct(new Stack(), 'Instance');
  for (const finding of findings) { noteFinding(construct, finding); }
  return construct;
};
const tokensAt = (path: string): Finding => ({ rule: 'Imdsv2::TokensRequired', path });

test('a construct without findings has none', () => {
  expect(notedFindings(noted())).toEqual([]);
  expect(isNotedAt(noted(), 'Imdsv2::TokensRequired', '')).toBe(false);
});

test('each finding is noted once, in order', () => {
  expect(notedFindings(noted(tokensAt('B'), tokensAt('A'), tokensAt('B'), tokensAt('A')))).toEqual([tokensAt('B'), tokensAt('A')]);
});

test('findings with a different value are two findings', () => {
  const optional: Finding = { ...tokensAt('A'), got: [{ kind: 'set', value: 'optional' }] };

  expect(notedFindings(noted(tokensAt('A'), optional))).toHaveLength(2);
});

test('a place is identified by its rule and its path, without indices', () => {
  const construct = noted(tokensAt('List[0].MetadataOptions'));

  expect(isNotedAt(construct, 'Imdsv2::TokensRequired', 'List[7].MetadataOptions')).toBe(true);
  expect(isNotedAt(construct, 'Imdsv2::TokensRequired', 'List')).toBe(false);
  expect(isNotedAt(construct, 'Imdsv2::HopLimitTooHigh', 'List[0].MetadataOptions')).toBe(false);
});

test('a place that is noted after the first look-up is found', () => {
  const construct = noted(tokensAt('A'));
  expect(isNotedAt(construct, 'Imdsv2::TokensRequired', 'B')).toBe(false);

  noteFinding(construct, tokensAt('B'));

  expect(isNotedAt(construct, 'Imdsv2::TokensRequired', 'B')).toBe(true);
});

test('another finding is compared once, however many there are', () => {
  const findings = Array.from({ length: 200 }, (_, index) => tokensAt(`List[${index}]`));
  const stringify = jest.spyOn(JSON, 'stringify');

  const construct = noted(...findings);

  expect(stringify.mock.calls.length).toBeLessThanOrEqual(findings.length);
  expect(notedFindings(construct)).toHaveLength(findings.length);
  stringify.mockRestore();
});
