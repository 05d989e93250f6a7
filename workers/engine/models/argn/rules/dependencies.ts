import type { Rule } from '../../../../../src/domain/rules';

/** Dependencies that follow from two others: a country that is given restricts cities before regions are drawn. */
export function chainedDependencies(rules: readonly Rule[]): Rule[] {
  const of = new Map<string, Set<string>>();
  for (const rule of rules) {
    if (rule.kind !== 'functional-dependency' || rule.determinant.length > 1) continue;
    const [determinant] = rule.determinant as [string];
    of.set(determinant, (of.get(determinant) ?? new Set<string>()).add(rule.dependent));
  }
  return [...of].flatMap(([first, direct]) => {
    const reached = new Set(direct);
    for (const name of reached) for (const next of of.get(name) ?? []) if (next !== first) reached.add(next);
    return [...reached]
      .filter((name) => !direct.has(name))
      .map((dependent) => ({
        kind: 'functional-dependency' as const,
        determinant: [first],
        dependent,
        oneToOne: false,
      }));
  });
}

/**
 * Combinations with a missing cell that some values go with only now and then: all values with a missing dependent, or a
 * missing determinant with all dependents.
 */
export function missingByChance(
  counts: readonly (readonly [string, number])[],
  last: number,
  isMissing: (m: number, code: number) => boolean,
): number[][] {
  const all = counts.map(([key]) => key.split(',').map(Number));
  const partners = new Map<string, Set<number>>();
  for (const codes of all) {
    const key = codes.slice(0, last).join();
    if (!partners.has(key)) partners.set(key, new Set());
    partners.get(key)!.add(codes[last]!);
  }
  const dependents = [...new Set(all.map((codes) => codes[last]!))];
  const none = dependents.find((code) => isMissing(last, code));
  const mayLack = none !== undefined && [...partners.values()].some((own) => own.size > 1 && own.has(none));
  return [...partners].flatMap(([key, own]) => {
    const codes = key.split(',').map(Number);
    if (codes.some((code, m) => isMissing(m, code)))
      return own.size > 1 ? dependents.map((code) => [...codes, code]) : [];
    return mayLack ? [[...codes, none]] : [];
  });
}
