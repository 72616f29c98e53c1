import { MetadataCallCertainty } from '../../src/userdata/metadata-call';
import { UserDataScanner } from '../../src/userdata/user-data-scanner';
import { labelledScripts } from './corpus';

const scripts = labelledScripts();

describe('the labelled corpus', () => {
  it('has at least 150 scripts, a third of them hard', () => {
    expect(scripts.length).toBeGreaterThanOrEqual(150);
    expect(scripts.filter(({ flags }) => flags.has('hard')).length).toBeGreaterThanOrEqual(scripts.length / 3);
  });

  it('has each name once', () => {
    expect(new Set(scripts.map(({ name }) => name)).size).toBe(scripts.length);
  });

  it.each(scripts.map(script => [script.name, script] as const))('%s', (_, { script, verdict, lines, flags }) => {
    const scan = UserDataScanner.scan(script);
    expect({ verdict: scan.verdict, lines: [...new Set(scan.calls.map(({ line }) => line))] }).toEqual({ verdict, lines });
    expect(scan.calls.every(({ certainty }) => certainty === MetadataCallCertainty.FALLBACK)).toBe(flags.has('fallback') || lines.length === 0);
  });
});
