import { programOf } from '../../scripts/apps/program';

test('a declared value gets a value of its type', () => {
  expect(programOf('declare const stack: Stack;\nnew Thing(stack);')).toContain('const stack = fixtures.of(\'Stack\', \'stack\');\nnew Thing(stack);');
});

test('a comment for readers is replaced by code', () => {
  expect(programOf('const app = new App();\n// ... your stacks and stages ...')).toContain('fillWithStack(app);');
});

test('an unknown comment for readers is rejected', () => {
  expect(() => programOf('// ... and so on ...')).toThrow('no code for \'// ... and so on ...\'');
});

test('a defined stage is created', () => {
  expect(programOf('class Production extends Stage {}')).toContain('new Production(fixtures.app, \'Production\');');
});

test('a class that is not a stage is not created', () => {
  expect(programOf('class Shop extends Stack {}')).not.toContain('new Shop');
});

test('the rest of the code stays', () => {
  const code = 'import { App } from \'aws-cdk-lib\';\n\nconst app = new App(); // an app\n';
  expect(programOf(code).endsWith(code)).toBe(true);
});
