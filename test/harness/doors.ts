import { Aspects, Mixins } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { RequireImdsv2Props } from '../../src';
import { Imdsv2, RequireImdsv2 } from '../../src';

/** A way to use the library on a scope. */
export type Door = (scope: IConstruct, props?: RequireImdsv2Props) => void;

/** The public entry points, by the line that a user writes. */
export const DOORS: { readonly [name in 'with' | 'mixins' | 'aspect' | 'enforce']: Door } = {
  with: (scope, props) => { scope.with(new RequireImdsv2(props)); },
  mixins: (scope, props) => { Mixins.of(scope).apply(new RequireImdsv2(props)); },
  aspect: (scope, props) => { Aspects.of(scope).add(new RequireImdsv2(props)); },
  enforce: (scope, props) => { Imdsv2.enforce(scope, props); },
};

/** An entry point with a name for test titles. */
export type NamedDoor = readonly [name: string, door: Door];

/** Every entry point. */
export const ONCE: readonly NamedDoor[] = [
  ['.with(new RequireImdsv2())', DOORS.with],
  ['Mixins.of().apply(new RequireImdsv2())', DOORS.mixins],
  ['Aspects.of().add(new RequireImdsv2())', DOORS.aspect],
  ['Imdsv2.enforce()', DOORS.enforce],
];

/** Every entry point, used a second time, which must change nothing. */
export const TWICE: readonly NamedDoor[] = ONCE.map(([name, door]) => [`${name}, twice`, (scope, props) => {
  door(scope, props);
  door(scope, props);
}]);

/** Two entry points that stand for all: one that works at once and one that works at synthesis, and a second use of the first. */
export const NOW_AND_LATER: readonly NamedDoor[] = [TWICE[0], ONCE[3]];
