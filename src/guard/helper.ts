/** A rule with parameters. It is evaluated only when another rule calls it. */
export interface Helper {
  readonly name: string;
  /** A comment: what the helper checks. */
  readonly about: string;
  /** The names of the parameters. */
  readonly parameters: readonly string[];
  /** The clauses, which all must pass. */
  readonly body: readonly string[];
}

/** A helper that checks one value. */
export function helper(name: string, about: string, ...body: readonly string[]): Helper {
  return { name, about, parameters: ['value'], body };
}

/** A helper that compares a value with the accepted ones. */
export function comparison(name: string, about: string, ...body: readonly string[]): Helper {
  return { name, about, parameters: ['value', 'accepted'], body };
}

/** The helpers that clauses call, directly or through other helpers, in the order of the library. */
export function neededBy(clauses: readonly string[], library: readonly Helper[]): readonly Helper[] {
  const byName = new Map(library.map(each => [each.name, each]));
  const needed = new Set<string>();
  const visit = (lines: readonly string[]): void => {
    for (const [, name] of lines.join('\n').matchAll(/\b(imds_\w+)\(/g)) {
      if (!needed.has(name)) {
        needed.add(name);
        visit(byName.get(name)!.body);
      }
    }
  };
  visit(clauses);
  return library.filter(({ name }) => needed.has(name));
}

/** The text of a helper. */
export function printHelper({ name, about, parameters, body }: Helper): string {
  return `# ${about}\nrule ${name}(${parameters.join(', ')}) {\n${indented(body)}\n}`;
}

/** Indents lines. */
export function indented(lines: readonly string[]): string {
  return lines.join('\n').replace(/^(?=.)/gm, '  ');
}
