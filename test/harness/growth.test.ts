import { expectLinear } from './growth';

/** Work that takes so many seconds of processor time. */
function working(secondsFor: (size: number) => number): (size: number) => void {
  let user = 0;
  jest.spyOn(process, 'cpuUsage').mockImplementation((before = { user: 0, system: 0 }) => ({ user: user - before.user, system: 0 }));
  return size => { user += secondsFor(size) * 1e6; };
}

afterEach(() => { jest.restoreAllMocks(); });

test('what grows with the size may take long', () => {
  expect(() => expectLinear(working(size => size), 800)).not.toThrow();
});

test('what grows with its square may not', () => {
  expect(() => expectLinear(working(size => size * size), 800)).toThrow('toBeLessThan');
});

test('what takes next to nothing may, for all that can be measured', () => {
  expect(() => expectLinear(working(size => size * size / 1e6), 800)).not.toThrow();
});

test('what takes long once, and not again, may', () => {
  let measures = 0;
  expect(() => expectLinear(working(size => ++measures === 1 ? size * size : size), 800)).not.toThrow();
});
