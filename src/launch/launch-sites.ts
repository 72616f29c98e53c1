import { Memo } from '../model/memo';
import type { LaunchResource } from './world';

/** An object in a launcher that can name a source and have launch overrides. Its values belong together. */
export class LaunchSite {
  /**
   * @param where the path below `Properties`, with indices; `undefined` for all properties
   * @param around the parent object
   */
  public constructor(public readonly where: string, public readonly around?: LaunchSite) {}

  /** Its parent objects, from the outermost one to itself. */
  public get scopes(): readonly LaunchSite[] {
    return this.around ? [...this.around.scopes, this] : [this];
  }
}

/** The sites of launchers: one for each object, with all branches of conditions. */
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

  /** The object that contains the value at a path. */
  public holding(launcher: LaunchResource, where: string): LaunchSite {
    return this.at(launcher, where.slice(0, Math.max(where.lastIndexOf('.'), 0)));
  }
}
