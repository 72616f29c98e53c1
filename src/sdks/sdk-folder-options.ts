/** The parts of a folder that are read. */
export interface SdkFolderOptions {
  /**
   * Folders and files to exclude because they never run on an instance, as paths below the folder, such as `['test', 'services/old']`.
   *
   * @default - everything is read
   */
  readonly exclude?: string[];
}
