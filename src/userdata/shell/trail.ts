import type { Judgement, Reason } from '../request/judge-request';
import type { Source } from './text/source';

/** How a call gets its token. */
export interface Repair {
  /** Where in the script the header goes, behind the name of the client. */
  readonly at: number;
  readonly header: (header: string) => string;
}

/** An IMDSv1 call in a shell script, and what it takes to write it for IMDSv2. */
export interface FoundCall {
  readonly source: Source;
  readonly pos: number;
  readonly end: number;
  readonly client: string;
  readonly url: string;
  readonly reason: Reason;
  readonly header?: string;
  isCertain: boolean;
  /** The times the script came here: whether by a branch in which IMDSv2 had failed. */
  readonly visits: { isGuarded: boolean }[];
  readonly repair?: Repair;
  /** The variables that hold a token wherever the script comes here. */
  tokenNames: readonly string[];
  /** Where a token can be fetched: the script that runs, and the statement in it. */
  readonly script: Source;
  readonly statement: number;
  readonly isOneLiner: boolean;
  /** In another language than shell: the whole call as it should be. */
  readonly rewritten?: string;
}

/** A call before it is said why it is IMDSv1. */
export type UnjudgedCall = Omit<FoundCall, 'reason' | 'header' | 'isCertain'>;

/** A call that is all that is known of its surroundings. */
export function plainCall(source: Source, call: Pick<FoundCall, 'pos' | 'end' | 'client' | 'url'>): UnjudgedCall {
  return { source, ...call, visits: [{ isGuarded: false }], tokenNames: [], script: source, statement: 0, isOneLiner: source.depth > 0 };
}

/** How many commands are gone through again because a function is called again. */
const MOST_STEPS = 2_000;
/** How often a script may be parsed again for what is nested in it. */
const MOST_PARSES = 4;
/** How often the length of a script may be copied for its variables. */
const MOST_COPIES = 20;

/** What is found on the way through a script. */
export class Trail {
  public readonly calls = new Map<string, FoundCall>();
  public readonly notes = new Set<string>();
  /** What the script downloads and runs, and where it does. */
  public readonly fetched = new Map<string, { readonly source: Source; readonly pos: number }>();
  /** Where files come from that are downloaded. */
  public readonly downloads = new Map<string, string>();
  /** All times the script came to a call, in order. */
  public readonly visits: { isGuarded: boolean }[] = [];
  /** How many requests were made with a token. */
  public v2 = 0;
  /** How many requests there were for a token. */
  public tokens = 0;
  /** How often a session token was used or asked for. */
  public touches = 0;
  private steps = 0;
  private parsed = 0;
  private copied = 0;

  public constructor(private readonly length = 0) {}

  /** Whether there is still time to parse something inside the script again. */
  public mayParse(length: number): boolean {
    this.parsed += length;
    if (this.parsed <= this.length * MOST_PARSES + 4_096) { return true; }
    this.notes.add('too deep');
    return false;
  }

  /** Whether there is still time to go through commands again. */
  public hasTime(): boolean {
    return this.steps < MOST_STEPS;
  }

  public step(): void {
    this.steps += 1;
  }

  /** Whether there is still time to copy what variables hold. */
  public mayCopy(length: number): boolean {
    this.copied += length;
    return this.copied <= this.length * MOST_COPIES + 65_536;
  }

  /** Notes a request by what it is. */
  public note(judgement: Judgement, call: () => UnjudgedCall): void {
    if (judgement.kind === 'v1') {
      const { reason, header, isCertain } = judgement;
      this.add({ ...call(), reason, header, isCertain });
    } else { this.noteUse(judgement.kind); }
  }

  /** Notes a request as IMDSv2 wants it: with a token, or for one. */
  public noteUse(kind: 'token' | 'failed token' | 'v2'): void {
    if (kind === 'v2') { this.v2 += 1; } else { this.tokens += 1; }
    this.touches += 1;
  }

  /** A call that the script comes to in more than one way is one call. */
  private add(call: FoundCall): void {
    const key = `${call.source.rootPosition(call.pos)}-${call.source.rootPosition(call.end)}`;
    this.visits.push(...call.visits);
    const known = this.calls.get(key);
    if (!known) {
      this.calls.set(key, call);
      return;
    }
    known.isCertain ||= call.isCertain;
    known.visits.push(...call.visits);
    known.tokenNames = known.tokenNames.filter(name => call.tokenNames.includes(name));
  }
}
