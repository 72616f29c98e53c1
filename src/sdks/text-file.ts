/** The build arguments of an image: the values of `ARG`. `undefined` for an unknown value. */
export interface BuildArguments {
  readonly [name: string]: string | undefined;
}

/** A text file that is searched for dependencies. */
export class TextFile {
  private readonly starts: number[] = [];
  private split: readonly string[] | undefined;

  /**
   * @param path the path, with `/` as the separator
   * @param near reads a file by its path relative to the folder of this file, if it exists
   * @param buildArguments the build arguments of the image, if they are known
   * @param leaveOut notes that a file which this file refers to is not read
   * @param buildTargets the stages that images are built up to, if they are known for all of them
   */
  public constructor(
    public readonly path: string, public readonly text: string, public readonly near: (path: string) => string | undefined = () => undefined,
    public readonly buildArguments: BuildArguments = {}, public readonly leaveOut: (because: string) => void = () => undefined,
    public readonly buildTargets: readonly string[] = [],
  ) {}

  /** The name of the file. */
  public get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }

  /** The line of a position in the text, from 1. */
  public lineAt(position: number): number {
    const { starts, text } = this;
    if (starts.length === 0) {
      for (let start = 0; start !== -1; start = nextLine(text, start)) { starts.push(start); }
    }
    let [first, last] = [0, starts.length - 1];
    while (first < last) {
      const middle = Math.ceil((first + last) / 2);
      if (starts[middle] <= position) { first = middle; } else { last = middle - 1; }
    }
    return first + 1;
  }

  /** The lines, without line ends. */
  public get lines(): readonly string[] {
    return this.split ??= this.text.split(/\r?\n/);
  }
}

function nextLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? -1 : end + 1;
}
