import type { Trail } from '../trail';
import type { Way } from './ways';

/** What a run knows of where its script tries IMDSv2: what is done only where that failed is the last resort. */
export class Attempts {
  /** Whether a branch before has tried IMDSv2 and left. */
  public hasLeft = false;

  /** @param guards how many conditions around this place let IMDSv2 fail */
  public constructor(private readonly trail: Trail, private guards = 0) {}

  /** The same for a script that is run from here. */
  public forChild(): Attempts {
    return new Attempts(this.trail, this.guards);
  }

  /** Whether the script comes here only where IMDSv2 has failed. */
  public get haveFailed(): boolean {
    return this.guards > 0 || this.hasLeft;
  }

  /** Runs something behind a condition, which lets IMDSv2 fail where it is guarded. */
  public guard<T>(isGuarded: boolean, body: () => T): T {
    if (!isGuarded) { return body(); }
    this.guards += 1;
    const result = body();
    this.guards -= 1;
    return result;
  }

  /** Whether what runs asks for a session token, or uses one. */
  public areIn(body: () => void): boolean {
    const { touches } = this.trail;
    body();
    return this.trail.touches > touches;
  }
}

/** A branch that was gone through: which calls it came to, how many requests it made with a token, and whether it left. */
interface TriedBranch {
  readonly from: number;
  readonly to: number;
  readonly v2: number;
  readonly hasLeft: boolean;
}

/** What the branches of an `if` try. */
export class BranchAttempts {
  private readonly tried: TriedBranch[] = [];

  public constructor(private readonly trail: Trail) {}

  /** Goes the way of a branch. */
  public go(go: () => Way): Way {
    const { trail } = this;
    const { visits: { length: from }, v2 } = trail;
    const way = go();
    this.tried.push({ from, to: trail.visits.length, v2: trail.v2 - v2, hasLeft: way.end === 'script' || way.end === 'function' });
    return way;
  }

  /** Marks the last resorts: what is done where another branch calls IMDSv2, and what follows a branch that has called it and left. */
  public mark(attempts: Attempts): void {
    const all = this.tried.reduce((sum, { v2 }) => sum + v2, 0);
    for (const { from, to, v2, hasLeft } of this.tried) {
      if (hasLeft && v2 > 0) { attempts.hasLeft = true; }
      if (all > v2 || (hasLeft && v2 === 0)) { this.trail.visits.slice(from, to).forEach(visit => { visit.isGuarded = true; }); }
    }
  }
}
