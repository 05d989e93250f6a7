/** Relations between groups of codes: cells that go together, or never do. */
import type { Cell, RuleOf } from '../../../../../src/domain/rules';
import type { CodeRelation, RelationMember } from '../network/restrictions';
import type { CodeMeaning } from './code-values';
import { type ColumnCodes, isExact, type Lookup } from './column-codes';

/** Up to so many columns all permutations are listed; above, pairs must differ. */
const MAX_LISTED_PERMUTATION = 7;

export function excluded(rule: RuleOf<'excluded-combinations'>, lookup: Lookup): CodeRelation[] {
  const columns = rule.columns.map(lookup);
  const [a, b] = columns;
  if (!a?.meanings || !b?.meanings) return [];
  const cells: Cell[][] = rule.columns.map((_, m) => [...new Set(rule.combinations.map((pair) => pair[m]!))]);
  const members = [a, b].map((column, m) => groupsByCell(column, cells[m]!));
  const never = new Set(
    rule.combinations.map(([x, y]) => `${cells[0]!.indexOf(x) + 1},${cells[1]!.indexOf(y) + 1}`),
  );
  const tuples: number[] = [];
  for (let x = 0; x <= cells[0]!.length; x++) {
    for (let y = 0; y <= cells[1]!.length; y++) if (!never.has(`${x},${y}`)) tuples.push(x, y);
  }
  return [{ members, tuples }];
}

/** Group 1 + k for the code of cell k, 0 for all others. */
function groupsByCell({ part, meanings }: ColumnCodes, cells: readonly Cell[]): RelationMember {
  const groups = meanings!.map((meaning) => (meaning.kind === 'cell' ? cells.indexOf(meaning.cell) + 1 : 0));
  return { part, groups };
}

/** Truth of a code: 1 or true, 0 or false; null for anything else. */
function truthOf(meaning: CodeMeaning): 0 | 1 | null {
  if (meaning.kind !== 'cell') return null;
  if (meaning.cell === 1 || meaning.cell === 'true' || meaning.cell === '1') return 1;
  return meaning.cell === 0 || meaning.cell === 'false' || meaning.cell === '0' ? 0 : null;
}

/** Groups: 0 = not set, 1 = set, 2 = anything else, which goes with nothing. */
export function oneHot({ columns: names }: RuleOf<'one-hot'>, lookup: Lookup): CodeRelation[] {
  const columns = names.map(lookup);
  if (columns.some((column) => !column?.meanings)) return [];
  const members = columns.map((column) => ({
    part: column!.part,
    groups: column!.meanings!.map((meaning) => truthOf(meaning) ?? 2),
  }));
  return [{ members, tuples: columns.flatMap((_, set) => columns.map((__, m) => Number(m === set))) }];
}

export function permutation({ columns: names }: RuleOf<'permutation'>, lookup: Lookup): CodeRelation[] {
  const columns = names.map(lookup);
  if (columns.some((column) => !column || !isExact(column))) return [];
  const cells = [...new Set(columns.flatMap((column) => column!.meanings!.map(numberOf)))].filter(
    (value) => value !== null,
  );
  const members = columns.map((column) => ({
    part: column!.part,
    groups: column!.meanings!.map((meaning) => 1 + cells.indexOf(numberOf(meaning)!)),
  }));
  if (members.length <= MAX_LISTED_PERMUTATION && cells.length === members.length) {
    return [{ members, tuples: permutations(cells.map((_, k) => k + 1)).flat() }];
  }
  const pairs: number[] = [];
  for (let x = 1; x <= cells.length; x++) {
    for (let y = 1; y <= cells.length; y++) if (x !== y) pairs.push(x, y);
  }
  return members.flatMap((a, i) => members.slice(i + 1).map((b) => ({ members: [a, b], tuples: pairs })));
}

function numberOf(meaning: CodeMeaning): Cell {
  return meaning.kind === 'cell' ? meaning.cell : null;
}

function permutations(values: readonly number[]): number[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((first, k) =>
    permutations([...values.slice(0, k), ...values.slice(k + 1)]).map((others) => [first, ...others]),
  );
}

export function missingTogether(names: readonly string[], lookup: Lookup): CodeRelation[] {
  const columns = names.map((name) => lookup(name)?.missing);
  if (columns.some((missing) => !missing)) return [];
  const members = columns.map((missing) => ({
    part: missing!.part,
    groups: Array.from({ length: missing!.cardinality }, (_, code) => Number(code === missing!.code)),
  }));
  return [{ members, tuples: [...members.map(() => 0), ...members.map(() => 1)] }];
}

export function implied(rule: RuleOf<'implied-value'>, lookup: Lookup): CodeRelation[] {
  const [by, column] = [lookup(rule.by), lookup(rule.column)];
  if (!by || !column) return [];
  const when = valuesMember(by, rule.values);
  const then = valuesMember(column, [rule.cell]);
  if (!when || !then) return [];
  const tuples = [0, 0, 1, 1, ...(rule.exactly ? [] : [0, 1])];
  return [{ members: [when, then], tuples }];
}

/** Group 1 for the codes of the cells, 0 for others; null if these cells have no codes of their own. */
function valuesMember(column: ColumnCodes, cells: readonly Cell[]): RelationMember | null {
  if (cells.length === 1 && cells[0] === null && column.missing) {
    const { part, code, cardinality } = column.missing;
    return { part, groups: Array.from({ length: cardinality }, (_, k) => Number(k === code)) };
  }
  if (!column.meanings) return null;
  const groups = column.meanings.map((meaning) =>
    Number(meaning.kind === 'cell' && cells.includes(meaning.cell)),
  );
  return groups.includes(1) ? { part: column.part, groups } : null;
}
