import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: { readonly [scope: string]: string };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: object;
  readonly jobs: { readonly [id: string]: Job };
}

const ROOT = join(__dirname, '../..');
const DIRECTORY = join(ROOT, '.github/workflows');
const FILES = readdirSync(DIRECTORY);

const WORKFLOWS = FILES.map(file => [file, parse(readFileSync(join(DIRECTORY, file), 'utf8')) as Workflow] as const);
const JOBS = WORKFLOWS.flatMap(([file, { jobs }]) => Object.entries(jobs).map(([id, job]) => [`${file} ${id}`, job] as const));

/** The jobs that write, with the reason: a release on GitHub, and a comment on a pull request. */
const WRITERS = { 'release.yml release_github': 'contents', 'pull-request-lint.yml validate': 'pull-requests', 'release.yml release_npm': 'id-token' };

const holdsSecret = (job: Job) => JSON.stringify(job).includes('secrets.') || Object.values(job.permissions ?? {}).includes('write');
const runs = ({ steps }: Job) => steps.flatMap(({ run }) => run === undefined ? [] : [run]);

test.each(WORKFLOWS)('%s can only read the contents of the repository by default', (_, { permissions }) => {
  expect(permissions).toEqual({ contents: 'read' });
});

test('only jobs that need it can write', () => {
  const written = JOBS.flatMap(([name, { permissions = {} }]) =>
    Object.entries(permissions).filter(([, access]) => access !== 'read').map(([scope]) => [name, scope] as const));
  expect(Object.fromEntries(written)).toEqual(WRITERS);
});

test.each(JOBS)('%s pins its actions by hash', (_, { steps }) => {
  expect(steps.flatMap(({ uses }) => uses === undefined ? [] : [uses]).filter(uses => !/^[\w/-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
});

test.each(JOBS)('%s installs from the lock file, and nothing through npx', (_, job) => {
  const text = runs(job).join('\n');
  expect(text.match(/npm (?:install|i|add|update)\b.*|npx .*(?:@latest|-p\b|'-p').*/g) ?? []).toEqual([]);
});

test.each(JOBS.filter(([, job]) => holdsSecret(job)))('%s has a secret, and runs neither the project nor its dependencies', (_, job) => {
  expect(runs(job).filter(run => /projen|\bnode\b|npm (?:run|test)|npm ci(?! --ignore-scripts)/.test(run))).toEqual([]);
  expect(runs(job).filter(run => run.includes('npx')).filter(run => !/^npx --no-install publib-\w+$/.test(run))).toEqual([]);
});

test('the publisher has a fixed version, and the lock file has the hashes of it and of its dependencies', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: { [path: string]: Package } };
  expect(packages[''].devDependencies?.publib).toMatch(/^\d+\.\d+\.\d+$/);
  const fetched = Object.entries(packages).filter(([path, { link, inBundle }]) => path !== '' && !link && !inBundle);
  expect(fetched.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path)).toEqual([]);
});

interface Package {
  readonly devDependencies?: { readonly [name: string]: string };
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
}
