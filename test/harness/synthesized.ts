import type { App, Stack } from 'aws-cdk-lib';
import type { Json } from './json';

/** A report about a construct. */
export interface Report {
  /** The path of the construct. */
  readonly at: string;
  readonly level: string;
  readonly text: string;
  /** The id for an acknowledgement. */
  readonly id: string | undefined;
}

/** A synthesized template. */
export type Template = Json & { readonly Resources: { readonly [logicalId: string]: Json & { readonly Properties?: Json } } };

/** A synthesized stack: its template, and the reports about its constructs. */
export interface Synthesized {
  readonly template: Template;
  readonly reports: readonly Report[];
}

/** Synthesizes the app of a stack as users do, and reads the cloud assembly. */
export function synthesize(stack: Stack): Synthesized {
  return read((stack.node.root as App).synth(), stack);
}

/** Reads one stack from a cloud assembly. */
export function read(assembly: ReturnType<App['synth']>, stack: Stack): Synthesized {
  const artifact = assembly.stacksRecursively.find(({ id }) => id === stack.artifactId)!;
  return {
    template: artifact.template as Template,
    reports: artifact.messages.map(({ id, level, entry }) => {
      const text = String(entry.data);
      return { at: id.replace(/^\//, ''), level, text, id: /\[ack: (.*)\]$/.exec(text)?.[1] };
    }),
  };
}

/** The ids of the reports, each once, sorted. */
export function reportedIds(reports: readonly Report[]): (string | undefined)[] {
  return [...new Set(reports.map(({ id }) => id))].sort();
}
