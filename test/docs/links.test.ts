import { existsSync, readFileSync, readdirSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';

const REPOSITORY = resolve(__dirname, '../..');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...pagesBelow('docs')];

function pagesBelow(folder: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.md'))
    .map(file => join(folder, file));
}

test.each(PAGES)('every link of %s to the repository has a target', page => {
  const text = readFileSync(join(REPOSITORY, page), 'utf8');
  const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => resolve(REPOSITORY, dirname(page), target));

  expect(targets.filter(target => !existsSync(target)).map(target => relative(REPOSITORY, target))).toEqual([]);
});

test.each(PAGES)('every link of %s to a heading has a target', page => {
  const text = readFileSync(join(REPOSITORY, page), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)].map(([, target, anchor]) => ({ target: target || page.split('/').pop()!, anchor }));
  const missing = links.filter(({ target, anchor }) => !anchorsOf(resolve(REPOSITORY, dirname(page), target)).includes(anchor));

  expect(missing.map(({ target, anchor }) => `${target}#${anchor}`)).toEqual([]);
});

/** The anchors that GitHub creates for headings, and explicit ones. */
function anchorsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/^```[^]*?^```/gm, '');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.replace(/<[^>]*>/g, '').trim().toLowerCase().replace(/[^\w\- ]/g, '').replace(/ /g, '-'));
  return [...headings, ...[...text.matchAll(/ (?:id|name)="([^"]+)"/g)].map(([, name]) => name)];
}
