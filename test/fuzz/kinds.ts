import { APPS } from './kinds/apps';
import { BROKEN } from './kinds/broken';
import { LAUNCHES } from './kinds/launches';
import { MUTANTS } from './kinds/mutants';
import { SCENES } from './kinds/scenes';
import { GENERIC, INCLUDED } from './kinds/templates';
import { TREES } from './kinds/trees';
import type { Kind } from './law';

/** All kinds. */
export const KINDS: readonly Kind[] = [GENERIC, INCLUDED, TREES, LAUNCHES, SCENES, APPS, BROKEN, MUTANTS];
