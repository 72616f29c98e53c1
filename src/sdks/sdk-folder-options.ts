/** What of a folder is looked at. */
export interface SdkFolderOptions {
  /**
   * Folders and files that are left out, by their paths below the folder: what never runs on an instance, such as `['test', 'services/old']`.
   *
   * @default - everything is looked at
   */
  readonly exclude?: string[];
}
