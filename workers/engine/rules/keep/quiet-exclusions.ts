import { type Cell, columnsOfRule, type Rule, type RuleOf } from '../../../../src/domain/rules';
import { type CodedColumn, codeColumn } from '../../../rules/rule-column';
import type { FeatureColumn } from '../../models/model';
import type { ReadColumn } from './extra-columns';

type Excluded = RuleOf<'excluded-combinations'>;

/** Columns of more values are not compared. */
const MAX_VALUES = 12;
const MAX_COLUMNS = 40;
/** Rows that independent columns would have of a combination, at least, for its absence to count. */
const MIN_EXPECTED = 20;
/** Kinds that say which values go together. */
const TYING: readonly Rule['kind'][] = [
  'functional-dependency',
  'fixed-combinations',
  'implied-value',
  'one-hot',
  'permutation',
];

/**
 * Combinations of two texts of few values that no row holds though independent columns would bring some: columns that
 * depend on one another may lack them by chance, so they are not listed, but no generated row need hold them.
 * @param known rules that are kept anyhow
 */
export async function quietExclusions(
  features: readonly FeatureColumn[],
  known: readonly Rule[],
  read: ReadColumn,
): Promise<Excluded[]> {
  const columns: { readonly name: string; readonly coded: CodedColumn }[] = [];
  for (const { schema, encodingType } of features) {
    if (encodingType !== 'TABULAR_CATEGORICAL' || columns.length >= MAX_COLUMNS) continue;
    const coded = codeColumn(await read(schema.name));
    if (coded.cells.length >= 2 && coded.cells.length <= MAX_VALUES)
      columns.push({ name: schema.name, coded });
  }
  const tied = tiedBy(known);
  const listed = listedBy(known);
  const found: Excluded[] = [];
  for (const [i, a] of columns.entries()) {
    for (const b of columns.slice(i + 1)) {
      if (tied(a.name, b.name)) continue;
      const combinations = absent(a.coded, b.coded).filter(
        ([x, y]) => !listed.has(JSON.stringify([a.name, x, b.name, y])),
      );
      if (combinations.length > 0)
        found.push({ kind: 'excluded-combinations', columns: [a.name, b.name], combinations });
    }
  }
  return found;
}

/**
 * Rules for the draw: an exclusion also rules out what is not listed of the same two columns. There it costs nothing, and
 * no row has to be drawn again for it.
 * @param checks orders and exclusions that are not listed
 */
export function withQuietExclusions(rules: readonly Rule[], checks: readonly Rule[]): Rule[] {
  return rules.map((rule) => {
    if (rule.kind !== 'excluded-combinations') return rule;
    const [a, b] = rule.columns;
    const quiet = checks.flatMap((check) => {
      if (check.kind !== 'excluded-combinations') return [];
      const [first, second] = check.columns;
      if (first === a && second === b) return check.combinations;
      if (first !== b || second !== a) return [];
      return check.combinations.map(([x, y]): [Cell, Cell] => [y, x]);
    });
    return { ...rule, combinations: [...rule.combinations, ...quiet] };
  });
}

/** Columns that rules about their values tie, also by way of others: whatever is absent there mostly follows. */
function tiedBy(known: readonly Rule[]): (a: string, b: string) => boolean {
  const above = new Map<string, string>();
  const root = (name: string): string => {
    const next = above.get(name);
    return next === undefined ? name : root(next);
  };
  for (const rule of known) {
    if (!TYING.includes(rule.kind)) continue;
    const [first, ...others] = columnsOfRule(rule);
    for (const other of others) {
      const [one, two] = [root(first!), root(other)];
      if (one !== two) above.set(two, one);
    }
  }
  return (a, b) => root(a) === root(b);
}

/** Names of combinations that listed rules exclude. */
function listedBy(known: readonly Rule[]): Set<string> {
  return new Set(
    known.flatMap((rule) => {
      if (rule.kind !== 'excluded-combinations') return [];
      const [a, b] = rule.columns;
      return rule.combinations.flatMap(([x, y]) => [
        JSON.stringify([a, x, b, y]),
        JSON.stringify([b, y, a, x]),
      ]);
    }),
  );
}

function absent(a: CodedColumn, b: CodedColumn): [Cell, Cell][] {
  const width = b.cells.length;
  const counts = new Uint32Array(a.cells.length * width);
  const [first, second] = [new Uint32Array(a.cells.length), new Uint32Array(width)];
  let rows = 0;
  for (let row = 0; row < a.codes.length; row++) {
    const [x, y] = [a.codes[row]!, b.codes[row]!];
    if (x < 0 || y < 0) continue;
    rows++;
    counts[x * width + y]!++;
    first[x]!++;
    second[y]!++;
  }
  return a.cells.flatMap((left, x) =>
    b.cells.flatMap((right, y): [Cell, Cell][] =>
      counts[x * width + y] === 0 && first[x]! * second[y]! >= MIN_EXPECTED * rows ? [[left, right]] : [],
    ),
  );
}
