import { Component, typescript } from 'projen';

/**
 * The rooms of `src/`, and what each room can import besides itself.
 *
 * A room can also import what its imports can import. For example, `enforce` names `inspect`, so it can use `model/`, too. Every room must be listed
 * here (a test checks this).
 */
const ROOMS: Record<string, string[]> = {
  'model': [],
  'resources': ['model'],
  'launch': ['model', 'resources'],
  'policy': ['model'],
  'usage': ['model'],
  'sdks': ['model', 'userdata'],
  'inspect': ['model', 'resources', 'launch', 'policy', 'userdata', 'usage', 'sdks'],

  'enforce': ['inspect'],
  'check': ['inspect'],
  'report': ['check'],
  'validator': ['check', 'report'],
  'nag': ['check'],
  'userdata': ['model'],
  'guard': ['resources', 'policy'],
  'iam': ['policy', 'resources'],
  'functions': ['model'],
  'org': ['iam', 'guard', 'functions'],
  'ami': ['policy', 'functions'],
  'transition': ['usage', 'org', 'inspect'],

  // `Imdsv2` combines enforcement and check.
  'imdsv2.ts': ['enforce', 'validator'],
};

/** The index lists every public name except those of the nag pack, which would require cdk-nag. */
const INDEX = { name: 'index.ts', notListed: ['index.ts', 'nag'] };

/** Code around the library. The library imports none of it. */
const AROUND = ['./test', './examples', './demo', './bench', './docs', './scripts', './handlers', './report-page', './projenrc'];

/** Makes the linter reject imports against the direction of the rooms. */
export class ImportDirection extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    project.eslint!.addRules({
      'import/no-restricted-paths': ['error', {
        zones: [
          ...Object.keys(ROOMS).map((room) => zone(room, reachableFrom(room))),
          zone(INDEX.name, Object.keys(ROOMS).filter((room) => !INDEX.notListed.includes(room))),
          { target: './src', from: AROUND, message: 'The library does not import the code around it.' },
          { target: './examples', from: './src', except: ['./index.ts', './nag'], message: 'An example imports what its readers can import.' },
        ],
      }],
    });
  }
}

/** A zone forbids all of `src/` except the room itself and the allowed imports. */
function zone(room: string, allowed: string[]) {
  return {
    target: `./src/${room}`,
    from: './src',
    except: [room, ...allowed].map((name) => `./${name}`),
    message: allowed.length > 0 ? `${room} may import ${allowed.join(', ')}.` : `${room} may import no other room.`,
  };
}

function reachableFrom(room: string): string[] {
  const direct = ROOMS[room];
  return [...new Set(direct.flatMap((name) => [name, ...reachableFrom(name)]))];
}
