import { UNKNOWN } from '../../userdata/request/possible-text';
import type { BuildArguments } from '../text-file';

const VARIABLE = /\\(.)|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::([-+])([^{}$]*))?\})/g;
const NAMED = /\$\{?([A-Za-z_]\w*)/g;
const WORD = /(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g;

/** The longest value of a variable that is followed. */
const LONGEST = 4_096;

/** The longest chain of stages that is followed. */
const MOST_STAGES = 100;

/** The variables of a stage of a Dockerfile. A mark stands for an unknown value. */
export class Variables {
  private readonly environment = new Map<string, string>();
  private readonly args = new Map<string, string>();
  private readonly depth: number;
  /** The stage that this stage is built on. */
  private readonly from: Variables | undefined;

  public constructor(private readonly given: BuildArguments, from?: Variables) {
    this.depth = (from?.depth ?? 0) + 1;
    this.from = this.depth > MOST_STAGES ? undefined : from;
  }

  /** The variables that a script names, with the values that it gets. */
  public in(script: string): ReadonlyMap<string, string> {
    return new Map([...script.matchAll(NAMED)].flatMap(([, name]) => {
      const value = this.valueOf(name);
      return value === undefined ? [] : [[name, value]];
    }));
  }

  /** `ARG name=default`. A build argument overrides the default. Without both, the `ARG` before all stages counts. */
  public declare(text: string, before?: Variables): void {
    for (const word of wordsOf(text)) {
      const [name, byDefault] = divided(word);
      const value = Object.hasOwn(this.given, name) ? this.given[name] : byDefault === undefined ? before?.valueOf(name) : this.resolved(byDefault);
      this.args.set(name, value ?? UNKNOWN);
    }
  }

  /** `ENV name=value name=value`, or `ENV name value`. */
  public set(text: string): void {
    const [, name, rest] = /^([^\s=]+)\s+([^]*)$/.exec(text) ?? [];
    const pairs = name === undefined ? wordsOf(text).map(divided) : [[name, rest.trim()]];
    const values = pairs.map(([key, value = '']) => [key, this.resolved(value)] as const);
    for (const [key, value] of values) { this.environment.set(key, value); }
  }

  /** A text with its variables resolved, and without quotes. */
  public resolved(text: string): string {
    if (/^'[^']*'$/.test(text)) { return text.slice(1, -1); }
    const resolved = text.replace(/^"([^]*)"$/, '$1').replace(VARIABLE, (_, escaped: string | undefined, plain: string | undefined, braced: string, sign: string | undefined, word: string) => {
      if (escaped !== undefined) { return escaped; }
      const value = this.valueOf(plain ?? braced);
      const isSet = value !== undefined && value !== '';
      if (sign === '+') { return isSet ? word : ''; }
      return sign === '-' && !isSet ? word : value ?? UNKNOWN;
    });
    return resolved.length > LONGEST ? UNKNOWN : resolved;
  }

  /** `ENV` overrides `ARG`, and only `ENV` is inherited by the next stage. */
  private valueOf(name: string): string | undefined {
    for (let stage: Variables | undefined = this; stage; stage = stage.from) {
      const value = stage.environment.get(name);
      if (value !== undefined) { return value; }
    }
    return this.args.get(name);
  }
}

/** The words of an instruction, with their quotes. */
export function wordsOf(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

function divided(word: string): readonly [name: string, value?: string] {
  const at = word.indexOf('=');
  return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}
