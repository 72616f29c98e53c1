import { expectLinear } from './growth';

/** Work that takes this number of seconds of processor time. */
function working(secondsFor: (size: number) => number): (size: number) => void {
  let user = 0;
  jest.spyOn(process, 'cpuUsage').mockImplementation((before = { user: 0, system: 0 }) => ({ user: user - before.user, system: 0 }));
  return size => { user += secondsFor(size) * 1e6; };
}

afterEach(() => { jest.restoreAllMocks(); });

test('linear work can take long', () => {
  expect(() => expectLinear(working(size => size), 800)).not.toThrow();
});

test('quadratic work fails', () => {
  expect(() => expectLinear(working(size => size * size), 800)).toThrow('toBeLessThan');
});

test('work that takes almost no time passes, because it cannot be measured', () => {
  expect(() => expectLinear(working(size => size * size / 1e6), 800)).not.toThrow();
});

test('work that takes long only once passes', () => {
  let measures = 0;
  expect(() => expectLinear(working(size => ++measures === 1 ? size * size : size), 800)).not.toThrow();
});
