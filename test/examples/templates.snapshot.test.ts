import { basename } from 'path';
import { EXAMPLES } from '../../examples';
import { readTemplate, synthesize } from './synthesis';

describe.each(EXAMPLES)('the templates of the example $name', example => {
  const { templatePaths } = synthesize(example);

  it.each(templatePaths.map(path => ({ name: basename(path), path })))('$name does not change', ({ path }) => {
    expect(readTemplate(path)).toMatchSnapshot();
  });
});
