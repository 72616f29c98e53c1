import { existsSync, readFileSync, readdirSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';

const REPOSITORY = resolve(__dirname, '../..');
const PAGES = ['README.md', 'CONTRIBUTING.md', ...pagesBelow('docs')];

function pagesBelow(folder: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.md'))
    .map(file => join(folder, file));
}

test.each(PAGES)('every link of %s to the repository leads somewhere', page => {
  const text = readFileSync(join(REPOSITORY, page), 'utf8');
  const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => resolve(REPOSITORY, dirname(page), target));

  expect(targets.filter(target => !existsSync(target)).map(target => relative(REPOSITORY, target))).toEqual([]);
});
