import type { Trail } from '../trail';
import type { Way } from './ways';

/** Tracks where a script tries IMDSv2. A call that runs only after IMDSv2 has failed is a fallback. */
export class Attempts {
  /** Whether an earlier branch has tried IMDSv2 and then ended the script or function. */
  public hasLeft = false;

  /** @param guards the number of conditions around this place that can mean that IMDSv2 has failed */
  public constructor(private readonly trail: Trail, private guards = 0) {}

  /** The same state for a script that is run from here. */
  public forChild(): Attempts {
    return new Attempts(this.trail, this.guards);
  }

  /** Whether the script reaches this place only after IMDSv2 has failed. */
  public get haveFailed(): boolean {
    return this.guards > 0 || this.hasLeft;
  }

  /** Runs something behind a condition. If it is guarded, the condition can mean that IMDSv2 has failed. */
  public guard<T>(isGuarded: boolean, body: () => T): T {
    if (!isGuarded) { return body(); }
    this.guards += 1;
    const result = body();
    this.guards -= 1;
    return result;
  }

  /** Whether this requests or uses a session token. */
  public areIn(body: () => void): boolean {
    const { touches } = this.trail;
    body();
    return this.trail.touches > touches;
  }
}

/** The result of a branch: its calls, the number of its requests with a token, and whether it ended the script or function. */
interface TriedBranch {
  readonly from: number;
  readonly to: number;
  readonly v2: number;
  readonly hasLeft: boolean;
}

/** Tracks which branches of an `if` try IMDSv2. */
export class BranchAttempts {
  private readonly tried: TriedBranch[] = [];

  public constructor(private readonly trail: Trail) {}

  /** Follows a branch. */
  public go(go: () => Way): Way {
    const { trail } = this;
    const { visits: { length: from }, v2 } = trail;
    const way = go();
    this.tried.push({ from, to: trail.visits.length, v2: trail.v2 - v2, hasLeft: way.end === 'script' || way.end === 'function' });
    return way;
  }

  /** Marks fallbacks: calls in a branch if another branch uses IMDSv2, and calls after a branch that has used it and ended the script or function. */
  public mark(attempts: Attempts): void {
    const all = this.tried.reduce((sum, { v2 }) => sum + v2, 0);
    for (const { from, to, v2, hasLeft } of this.tried) {
      if (hasLeft && v2 > 0) { attempts.hasLeft = true; }
      if (all > v2 || (hasLeft && v2 === 0)) { this.trail.visits.slice(from, to).forEach(visit => { visit.isGuarded = true; }); }
    }
  }
}
