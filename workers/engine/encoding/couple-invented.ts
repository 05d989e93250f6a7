import type { Rule } from '../../../src/domain/rules';
import type { CategoricalEncoding } from './categorical';
import type { ColumnEncoding } from './encoder';
import { type RareTexts, valuesOfStretch } from './rare-texts';

/** A column that may have invented values. */
export interface CoupledColumn {
  readonly name: string;
  /** Index among the columns of the output: names its draws. */
  readonly outputIndex: number;
  readonly encoding: ColumnEncoding;
}

type Invented = CoupledColumn & { readonly encoding: CategoricalEncoding; readonly invented: RareTexts };

/**
 * Encodings in which the invented values of columns that decide each other go together: a phone number that is invented
 * has one invented name. The columns share the draws of the one with most values, and the value of another is a function
 * of that one's (docs/encodings.md, Invented values).
 * @param rules those that the training rows keep; dependencies of one column on another count
 * @returns one encoding a column, in their order
 */
export function coupleInvented(columns: readonly CoupledColumn[], rules: readonly Rule[]): ColumnEncoding[] {
  const invented = new Map(
    columns.flatMap((column): [string, Invented][] => {
      const { encoding } = column;
      if (encoding.type !== 'TABULAR_CATEGORICAL' || !encoding.invented) return [];
      return [[column.name, { ...column, encoding, invented: encoding.invented }]];
    }),
  );
  const edges = rules.flatMap((rule): [string, string, boolean][] => {
    if (rule.kind !== 'functional-dependency' || rule.determinant.length > 1) return [];
    const [determinant] = rule.determinant;
    if (!invented.has(determinant!) || !invented.has(rule.dependent)) return [];
    return [[determinant!, rule.dependent, rule.oneToOne]];
  });
  const sizes = new Map<string, number>();
  for (const group of groupsOf(
    invented.keys(),
    edges.filter(([, , oneToOne]) => oneToOne),
  )) {
    const size = Math.min(...group.map((name) => valuesOfStretch(invented.get(name)!.invented)));
    for (const name of group) sizes.set(name, size);
  }
  const coupled = new Map<string, RareTexts>();
  for (const group of groupsOf(invented.keys(), edges)) {
    if (group.length < 2) continue;
    const lead = group.reduce((best, name) => (sizes.get(name)! > sizes.get(best)! ? name : best));
    const { outputIndex, invented: own } = invented.get(lead)!;
    const stretches = Math.min(...group.map((name) => invented.get(name)!.invented.stretches ?? 1));
    const leading = { rows: own.rows, holders: cut(own.holders, sizes.get(lead)!) };
    for (const name of group) {
      const { invented: texts } = invented.get(name)!;
      coupled.set(name, {
        ...leading,
        values: cutValues(texts, stretches, sizes.get(name)!),
        ...(stretches > 1 && { stretches }),
        ...(texts.isNumbered && { isNumbered: true }),
        drawnAs: outputIndex,
      });
    }
  }
  return columns.map(({ name, encoding }) => {
    const texts = coupled.get(name);
    return texts && encoding.type === 'TABULAR_CATEGORICAL' ? { ...encoding, invented: texts } : encoding;
  });
}

/** Of so many values alone. */
function cut(holders: readonly number[], size: number): number[] {
  let left = size;
  return holders.map((values) => {
    const kept = Math.min(values, left);
    left -= kept;
    return kept;
  });
}

/** Of each of so many stretches so many values alone. */
function cutValues(texts: RareTexts, stretches: number, size: number): string[] {
  const own = valuesOfStretch(texts);
  return Array.from({ length: stretches }, (_, s) => texts.values.slice(s * own, s * own + size)).flat();
}

/** Names that edges connect, in the order of the names. */
function groupsOf(
  names: Iterable<string>,
  edges: readonly (readonly [string, string, boolean])[],
): readonly (readonly string[])[] {
  const groupOf = new Map<string, string[]>();
  for (const name of names) groupOf.set(name, [name]);
  for (const [a, b] of edges) {
    const [into, from] = [groupOf.get(a)!, groupOf.get(b)!];
    if (into === from) continue;
    into.push(...from);
    for (const name of from) groupOf.set(name, into);
  }
  return [...new Set(groupOf.values())];
}
