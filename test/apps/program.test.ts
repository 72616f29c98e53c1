import { programOf } from '../../scripts/apps/program';

test('a declared value gets a value of its type', () => {
  expect(programOf('declare const stack: Stack;\nnew Thing(stack);')).toContain('const stack = fixtures.of(\'Stack\', \'stack\');\nnew Thing(stack);');
});

test('what an example leaves to its readers is done', () => {
  expect(programOf('const app = new App();\n// ... your stacks and stages ...')).toContain('fillWithStack(app);');
});

test('what nobody knows how to do is refused', () => {
  expect(() => programOf('// ... and so on ...')).toThrow('no code for \'// ... and so on ...\'');
});

test('a stage that is defined is made', () => {
  expect(programOf('class Production extends Stage {}')).toContain('new Production(fixtures.app, \'Production\');');
});

test('a class that is no stage is not made', () => {
  expect(programOf('class Shop extends Stack {}')).not.toContain('new Shop');
});

test('the rest stands as it is', () => {
  const code = 'import { App } from \'aws-cdk-lib\';\n\nconst app = new App(); // an app\n';
  expect(programOf(code).endsWith(code)).toBe(true);
});
