/** A rule with parameters: it is evaluated where another rule calls it, and nowhere else. */
export interface Helper {
  readonly name: string;
  /** What it tests of its first parameter. */
  readonly about: string;
  /** The names of the parameters. */
  readonly parameters: readonly string[];
  /** The clauses, which all have to hold. */
  readonly body: readonly string[];
}

/** A helper that asks about one value. */
export function helper(name: string, about: string, ...body: readonly string[]): Helper {
  return { name, about, parameters: ['value'], body };
}

/** A helper that compares a value with the accepted ones. */
export function comparison(name: string, about: string, ...body: readonly string[]): Helper {
  return { name, about, parameters: ['value', 'accepted'], body };
}

/** The helpers that clauses need, and those that these need in turn, in the order of the library. */
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

/** Lines, moved to the right. */
export function indented(lines: readonly string[]): string {
  return lines.join('\n').replace(/^(?=.)/gm, '  ');
}
