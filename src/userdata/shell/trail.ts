import { serviceAddressIn } from '../lines';
import type { Judgement, Reason } from '../request/judge-request';
import type { Source } from './text/source';

/** How a call can send a token. */
export interface Repair {
  /** The position for the header in the script. */
  readonly at: number;
  readonly header: (header: string) => string;
}

/** An IMDSv1 call in a shell script, with everything that rewriting it needs. */
export interface FoundCall {
  readonly source: Source;
  readonly pos: number;
  readonly end: number;
  readonly client: string;
  readonly url: string;
  readonly reason: Reason;
  readonly header?: string;
  isCertain: boolean;
  /** Each time that the script reaches the call, and whether only after IMDSv2 has failed. */
  readonly visits: { isGuarded: boolean }[];
  readonly repair?: Repair;
  /** The variables that contain a token each time that the script reaches the call. */
  tokenNames: readonly string[];
  /** Where a token can be fetched: the script, and the position of a statement in it. */
  readonly script: Source;
  readonly statement: number;
  readonly isOneLiner: boolean;
  /** The rewritten call, if it is not in shell. */
  readonly rewritten?: string;
}

/** A call whose reason is not yet known. */
export type UnjudgedCall = Omit<FoundCall, 'reason' | 'header' | 'isCertain'>;

/** A call without information about its surroundings. */
export function plainCall(source: Source, call: Pick<FoundCall, 'pos' | 'end' | 'client' | 'url'>): UnjudgedCall {
  return { source, ...call, visits: [{ isGuarded: false }], tokenNames: [], script: source, statement: 0, isOneLiner: source.depth > 0 };
}

/** What limits a scan: a part that was not parsed, or one that takes too many steps or is nested too deep. The lines of such a part are searched. */
export type ScanNote = 'not parsed' | 'not followed';

/** The most commands that are run again because of repeated calls of functions. */
const MOST_STEPS = 2_000;
/** How often, at most, the length of a script is parsed again for nested scripts. */
const MOST_PARSES = 4;
/** How many times these limits are reached before commands are skipped that may lead to a request. */
const RESERVE = 2;
/** How often, at most, the length of a script is copied for variables. */
const MOST_COPIES = 20;

/** Collects what a scan of a script finds. */
export class Trail {
  public readonly calls = new Map<string, FoundCall>();
  public readonly notes = new Set<ScanNote>();
  /** Unknown programs that get an address. They are calls if nothing in the script sends a token. */
  public readonly unknown: UnjudgedCall[] = [];
  /** The scripts that are downloaded and run, and their positions. */
  public readonly fetched = new Map<string, { readonly source: Source; readonly pos: number }>();
  /** The address of each downloaded file. */
  public readonly downloads = new Map<string, string>();
  /** All visits of calls, in order. */
  public readonly visits: { isGuarded: boolean }[] = [];
  /** The number of requests with a token. */
  public v2 = 0;
  /** The number of requests for a token. */
  public tokens = 0;
  /** The places in the whole script of requests that are right for IMDSv2, and of calls that pass on an address. */
  public readonly followed: { readonly pos: number; readonly end: number }[] = [];
  /** How often a session token was used or requested. */
  public touches = 0;
  private steps = 0;
  private parsed = 0;
  private copied = 0;

  public constructor(private readonly length = 0) {}

  /** Whether the limit allows it to parse a nested script. A script with an address of the metadata service may use the reserve. */
  public mayParse(script: string): boolean {
    this.parsed += script.length;
    const limit = this.length * MOST_PARSES + 4_096;
    if (this.parsed <= limit || (this.parsed <= limit * RESERVE && serviceAddressIn(script) !== undefined)) { return true; }
    this.skip();
    return false;
  }

  /** Notes that something is not run, because it is nested too deep or takes too many steps. */
  public skip(): void {
    this.notes.add('not followed');
  }

  /** Whether the limit allows it to run commands again. What may lead to a request may use the reserve. */
  public hasTime(mayRequest: () => boolean): boolean {
    return this.steps < MOST_STEPS || (this.steps < MOST_STEPS * RESERVE && mayRequest());
  }

  public step(): void {
    this.steps += 1;
  }

  /** Whether the limit allows it to copy the values of variables. */
  public mayCopy(length: number): boolean {
    this.copied += length;
    return this.copied <= this.length * MOST_COPIES + 65_536;
  }

  /** Notes a request with its judgement. */
  public note(judgement: Judgement, call: () => UnjudgedCall): void {
    if (judgement.kind === 'v1') {
      const { reason, header, isCertain } = judgement;
      this.add({ ...call(), reason, header, isCertain });
    } else {
      const { source, pos, end } = call();
      this.noteFollowed(source, { pos, end });
      this.noteUse(judgement.kind);
    }
  }

  /** Notes a place that was followed, so that its lines are not searched for it. */
  public noteFollowed(source: Source, { pos, end }: { readonly pos: number; readonly end: number }): void {
    this.followed.push({ pos: source.rootPosition(pos), end: source.rootPosition(end) });
  }

  /** Notes a request that is right for IMDSv2: one with a token, or one for a token. */
  public noteUse(kind: 'token' | 'failed token' | 'v2'): void {
    if (kind === 'v2') { this.v2 += 1; } else { this.tokens += 1; }
    this.touches += 1;
  }

  /** Adds a call. A call that the script reaches several times is one call. */
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
