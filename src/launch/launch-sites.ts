import { Memo } from '../model/memo';
import type { LaunchResource } from './world';

/** An object in a launcher that may name what to launch from, and have launch overrides of that: what stands in it belongs together. */
export class LaunchSite {
  /**
   * @param where the path below `Properties`, with indices; nothing for the properties as a whole
   * @param around the object that it stands in
   */
  public constructor(public readonly where: string, public readonly around?: LaunchSite) {}

  /** The objects that it stands in, from the outermost one to itself. */
  public get scopes(): readonly LaunchSite[] {
    return this.around ? [...this.around.scopes, this] : [this];
  }
}

/** The sites of launchers: one for each object, whatever branches of conditions stand there. */
export class LaunchSites {
  private readonly byLauncher = new Memo((_launcher: LaunchResource) => new Map<string, LaunchSite>());

  /** The properties of a launcher as a whole. */
  public whole(launcher: LaunchResource): LaunchSite {
    return this.at(launcher, '');
  }

  /** The object at a path. */
  public at(launcher: LaunchResource, where: string): LaunchSite {
    const sites = this.byLauncher.of(launcher);
    let site = sites.get(where);
    if (!site) {
      site = where === '' ? new LaunchSite(where) : new LaunchSite(where, this.holding(launcher, where));
      sites.set(where, site);
    }
    return site;
  }

  /** The object that holds what stands at a path. */
  public holding(launcher: LaunchResource, where: string): LaunchSite {
    return this.at(launcher, where.slice(0, Math.max(where.lastIndexOf('.'), 0)));
  }
}
