import { UNKNOWN, withoutMarkers } from '../../userdata/request/possible-text';
import { commandsOf } from '../../userdata/shell/shell-commands';
import type { Dependency } from '../dependency';
import { BuildStages } from '../dockerfile/build-stages';
import { downloadedBy, installedBy } from '../dockerfile/installers';
import type { Instruction } from '../dockerfile/instructions';
import { instructionsOf } from '../dockerfile/instructions';
import { Variables, wordsOf } from '../dockerfile/variables';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { modulesIn } from './powershell';

/** A Dockerfile: the packages that its commands install, and images of the AWS CLI, in the stages that are built. Nothing is executed. */
export function dockerfile(file: TextFile): readonly Dependency[] {
  const stages = new Stages(file);
  const { order } = stages;
  const found = instructionsOf(withoutMarkers(file.text)).map(instruction => ({ dependencies: stages.read(instruction), stage: order.current }));
  const needed = order.neededFor(file.buildTargets);
  return found.filter(({ stage }) => needed.has(stage)).flatMap(({ dependencies }) => dependencies);
}

/** The stages of a Dockerfile that were read so far. */
class Stages {
  public readonly order = new BuildStages();
  private readonly beforeAll: Variables;
  private readonly named = new Map<string, Variables>();
  private variables: Variables;

  public constructor(private readonly file: TextFile) {
    this.beforeAll = new Variables(file.buildArguments);
    this.variables = this.beforeAll;
  }

  public read(instruction: Instruction): readonly Dependency[] {
    const { name, text, position } = instruction;
    switch (name) {
      case 'FROM': return this.begin(instruction);
      case 'ARG':
        this.variables.declare(text, this.order.current < 0 ? undefined : this.beforeAll);
        return [];
      case 'ENV':
        this.variables.set(text);
        return [];
      case 'RUN': return this.run(instruction);
      case 'ADD': return downloadedBy(wordsOf(text).map(word => ({ text: this.variables.resolved(word), line: this.file.lineAt(position) })));
      case 'COPY': return this.copy(this.variables.resolved(/--from=(\S+)/.exec(text)?.[1] ?? ''), position);
      default: return [];
    }
  }

  /** Starts a stage, on an image or on an earlier stage. */
  private begin({ text, position }: Instruction): readonly Dependency[] {
    const [image = '', as, name] = wordsOf(text).filter(word => !word.startsWith('--')).map(word => this.beforeAll.resolved(word));
    const stage = this.named.get(image.toLowerCase());
    this.variables = new Variables(this.file.buildArguments, stage);
    this.order.begin(as?.toUpperCase() === 'AS' ? name : undefined, image);
    if (as?.toUpperCase() === 'AS' && name !== undefined) { this.named.set(name.toLowerCase(), this.variables); }
    return stage ? [] : this.image(image, position);
  }

  /** Copies files from an earlier stage, or from an image. */
  private copy(from: string, position: number): readonly Dependency[] {
    this.order.use(from);
    return this.image(from, position);
  }

  /** An image of the AWS CLI. It is skipped if its tag is not a version: all these images contain version 2, which supports IMDSv2. */
  private image(image: string, position: number): readonly Dependency[] {
    const [, name, tag] = /^(?:docker\.io\/)?([^:@]+):(\d+\.\d+\.\d+)(?:@.*)?$/.exec(image) ?? [];
    return name === undefined ? [] : [{ ecosystem: 'docker', name, ...required(tag), line: () => this.file.lineAt(position) }];
  }

  private run(instruction: Instruction): readonly Dependency[] {
    for (const from of mountedBy(instruction)) { this.order.use(this.variables.resolved(from)); }
    const { script, position, isMapped } = scriptOf(instruction);
    const lineAt = (within: number) => this.file.lineAt(position + (isMapped ? within : 0));
    const installed = commandsOf(script, this.variables.in(script)).flatMap(({ argv, positionOf }) =>
      installedBy(argv.map((text, index) => ({ text, line: lineAt(positionOf(index)) }))));
    return [...installed.map(withoutMarker), ...modulesIn(script, lineAt)];
  }
}

/** The stages and images that a `RUN` mounts: `--mount=type=bind,from=build`. */
function mountedBy({ text }: Instruction): readonly string[] {
  const options = text.split(/\s/).filter(word => word.startsWith('--mount=')).flatMap(word => word.slice('--mount='.length).split(','));
  return options.filter(option => option.startsWith('from=')).map(option => option.slice('from='.length));
}

/** The shell script of a `RUN`, and its position. */
interface RunScript {
  readonly script: string;
  readonly position: number;
  /** Whether each position in the script is a position in the file. */
  readonly isMapped: boolean;
}

function scriptOf({ text, position, documents }: Instruction): RunScript {
  const [flags] = /^(?:--[a-z]+(?:=\S*)?\s+)*/.exec(text)!;
  const command = text.slice(flags.length);
  const [whole] = /^<<\S+\s*$/.test(command.split('\n', 1)[0]) ? documents : [];
  if (whole) { return { script: whole.text, position: whole.position, isMapped: true }; }
  const words = execForm(command);
  return { script: words ? quoted(words) : command, position: position + flags.length, isMapped: !words };
}

/** `["pip", "install", "boto3"]`: the words of a command that runs without a shell. */
function execForm(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) { return undefined; }
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every(word => typeof word === 'string') ? words : undefined;
  } catch {
    return undefined;
  }
}

function quoted(words: readonly string[]): string {
  return words.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
}

/** Replaces the version by a reason if it is in a variable that is not set here. */
function withoutMarker(found: Dependency): Dependency {
  const isUnknown = `${found.leftOpen ?? ''}${found.version ?? ''}`.includes(UNKNOWN);
  return isUnknown ? { ...found, version: undefined, leftOpen: 'its version is in a variable that is not set here' } : found;
}
