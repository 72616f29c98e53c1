import { inTime, timeLeft } from '../../../handlers/custom-resource/in-time';

const context = (time: number) => ({ getRemainingTimeInMillis: () => time });

test.each([[900_000, 870_000], [40_000, 10_000], [30_000, 0], [10_000, 0]])('of %d ms, %d are left before the response', (time, left) => {
  expect(timeLeft(context(time))).toBe(left);
});

test.each([[900_000, 20_000], [40_000, 10_000], [10_000, 0]])('with %d ms left, a call ends after %d', (time, longest) => {
  const timeout = jest.spyOn(AbortSignal, 'timeout');
  inTime(context(time));
  expect(timeout).toHaveBeenCalledWith(longest);
  timeout.mockRestore();
});
