import fc from 'fast-check';
import { addDay, type Days, daysSince, forgetBefore } from '../../../handlers/imdsv1-usage/days';

test('days are ranges with the same number of days as a set, in any order', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), fc.integer({ min: 0, max: 41 }), (seen, since) => {
    const days: Days = [];
    seen.forEach(day => addDay(days, day));
    expect(daysSince(days, since)).toBe(new Set(seen.filter(day => day >= since)).size);
    expect(days).toEqual([...days].sort((one, other) => one - other));
    days.forEach((day, at) => { if (at % 2 === 0 && at > 0) { expect(day).toBeGreaterThan(days[at - 1] + 1); } });
    forgetBefore(days, since);
    expect(daysSince(days, since)).toBe(new Set(seen.filter(day => day >= since)).size);
  }));
});

test('a year without a gap takes two numbers', () => {
  const days: Days = [];
  for (let day = 0; day < 365; day += 1) { addDay(days, day); }
  expect(days).toEqual([0, 364]);
});
