import type { Cell, Rule, RuleOf } from '../../../../../src/domain/rules';
import type { EncodedFeature } from '../artefact';
import type { CodeRelation, RelationMember } from '../network/restrictions';
import { type CodeMeaning, meaningsOf, missingCode } from './code-values';
import { chainedDependencies, missingByChance } from './dependencies';

/** A table whose rules become relations of codes. */
export interface CodedTable {
  readonly features: readonly EncodedFeature[];
  /** Column-major [sub-column][row]: the training rows come first. */
  readonly codes: Uint16Array;
  readonly rowCount: number;
  readonly trainingRows: number;
  /** Rows that must hold a combination for it to be kept: protection of rare combinations. */
  readonly minRows: number;
}

/** Up to so many columns all permutations are listed; above, pairs must differ. */
const MAX_LISTED_PERMUTATION = 7;

interface Column {
  /** First sub-column. */
  readonly part: number;
  readonly meanings: readonly CodeMeaning[] | null;
  readonly missing: { readonly part: number; readonly code: number; readonly cardinality: number } | null;
}

/**
 * Relations between the codes of a table that its rules amount to (docs/rules.md, Keeping rules). Rules about values
 * inside a bin, and computed columns, have none: their values are made to agree afterwards.
 */
export function codeRelations(rules: readonly Rule[], table: CodedTable): CodeRelation[] {
  const columns = new Map<string, Column>();
  let part = 0;
  for (const { schema, encoding } of table.features) {
    const missing = missingCode(encoding);
    columns.set(schema.name, {
      part,
      meanings: meaningsOf(encoding),
      missing: missing && {
        part: part + missing.part,
        code: missing.code,
        cardinality: encoding.subColumns[missing.part]!.cardinality,
      },
    });
    part += encoding.subColumns.length;
  }
  return [...rules, ...chainedDependencies(rules)]
    .flatMap((rule) => relationsOf(rule, (name) => columns.get(name) ?? null, table))
    .filter(({ tuples }) => tuples.length > 0);
}

type Lookup = (name: string) => Column | null;

function relationsOf(rule: Rule, lookup: Lookup, table: CodedTable): CodeRelation[] {
  switch (rule.kind) {
    case 'functional-dependency':
      return observed([...rule.determinant, rule.dependent], lookup, table, rule.oneToOne);
    case 'fixed-combinations':
      return observed(rule.columns, lookup, table, null);
    case 'excluded-combinations':
      return excluded(rule, lookup);
    case 'inequality':
      return ordered(rule, lookup);
    case 'calendar-date':
      return calendar(rule, lookup);
    case 'one-hot':
      return oneHot(rule, lookup);
    case 'permutation':
      return permutation(rule, lookup);
    case 'missing-together':
      return missingTogether(rule.columns, lookup);
    case 'implied-value':
      return implied(rule, lookup);
    default:
      return [];
  }
}

/**
 * Combinations that enough training rows hold.
 * @param oneToOne of a functional dependency, whose last column is decided by the others: each combination of these keeps
 * its most frequent partner alone, and the other way round if it is one to one. null = no dependency
 */
function observed(
  names: readonly string[],
  lookup: Lookup,
  table: CodedTable,
  oneToOne: boolean | null,
): CodeRelation[] {
  const columns = names.map(lookup);
  if (columns.some((column) => !column || !isExact(column))) return [];
  const parts = columns.map((column) => column!.part);
  const counts = new Map<string, number>();
  for (let row = 0; row < table.trainingRows; row++) {
    const key = parts.map((part) => table.codes[part * table.rowCount + row]!).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let kept = [...counts]
    .filter(([, rows]) => rows >= table.minRows)
    .map(([key, rows]) => ({ codes: key.split(',').map(Number), rows }))
    .sort((a, b) => b.rows - a.rows || compareCodes(a.codes, b.codes));
  const isMissing = (m: number, code: number) => columns[m]!.missing?.code === code;
  const last = names.length - 1;
  if (oneToOne !== null) {
    // A dependency says nothing of missing cells: where they come by chance, they go with anything.
    const open = kept.length > 0 ? missingByChance([...counts], last, isMissing) : [];
    if (open.length > 0) {
      const listed = new Set(kept.map(({ codes }) => codes.join()));
      kept = [
        ...kept,
        ...open.filter((codes) => !listed.has(codes.join())).map((codes) => ({ codes, rows: 0 })),
      ];
    }
    const isRare = (m: number, code: number) => columns[m]!.meanings![code]!.kind === 'rare';
    const sayNothing = new Set(open.map((codes) => codes.join()));
    const speaks = (codes: readonly number[]) => !sayNothing.has(codes.join());
    kept = firstOfEach(kept, (codes) =>
      !speaks(codes) || codes.slice(0, last).some((code, m) => isRare(m, code))
        ? null
        : codes.slice(0, last).join(),
    );
    if (oneToOne)
      kept = firstOfEach(kept, (codes) =>
        !speaks(codes) || isRare(last, codes[last]!) ? null : String(codes[last]),
      );
  }
  const members = parts.map((part): RelationMember => ({ part, groups: null }));
  return [{ members, tuples: kept.flatMap(({ codes }) => codes) }];
}

/** The first combination of each key; all of those without one. */
function firstOfEach<T extends { readonly codes: readonly number[] }>(
  combinations: readonly T[],
  keyOf: (codes: readonly number[]) => string | null,
): T[] {
  const seen = new Set<string>();
  return combinations.filter(({ codes }) => {
    const key = keyOf(codes);
    if (key === null) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function compareCodes(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((code, k) => code !== b[k]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

/** Whether each code of a column is one value. */
function isExact({ meanings }: Column): boolean {
  return meanings?.every(({ kind }) => kind !== 'range') ?? false;
}

function excluded(rule: RuleOf<'excluded-combinations'>, lookup: Lookup): CodeRelation[] {
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
function groupsByCell({ part, meanings }: Column, cells: readonly Cell[]): RelationMember {
  const groups = meanings!.map((meaning) => (meaning.kind === 'cell' ? cells.indexOf(meaning.cell) + 1 : 0));
  return { part, groups };
}

function ordered({ low, high, strict }: RuleOf<'inequality'>, lookup: Lookup): CodeRelation[] {
  const [a, b] = [lookup(low), lookup(high)];
  if (!a?.meanings || !b?.meanings) return [];
  const [from, to] = [a.meanings, b.meanings];
  const tuples: number[] = [];
  from.forEach((x, i) => {
    to.forEach((y, k) => {
      const bottom = boundOf(x, 'low');
      const top = boundOf(y, 'high');
      if (bottom === null || top === null || bottom < top || (!strict && bottom === top)) tuples.push(i, k);
    });
  });
  const members = [a, b].map(({ part }): RelationMember => ({ part, groups: null }));
  return [{ members, tuples }];
}

/** The lowest or highest number of a code; null = missing or no number, which any other goes with. */
function boundOf(meaning: CodeMeaning, end: 'low' | 'high'): number | null {
  if (meaning.kind === 'range') return meaning[end];
  return meaning.kind === 'cell' && typeof meaning.cell === 'number' ? meaning.cell : null;
}

function calendar({ year, month, day }: RuleOf<'calendar-date'>, lookup: Lookup): CodeRelation[] {
  const columns = [year, month, day].map(lookup);
  if (columns.some((column) => !column || !isExact(column))) return [];
  const numbers = columns.map((column) =>
    column!.meanings!.map((meaning) =>
      meaning.kind === 'cell' && meaning.cell !== null ? Number(meaning.cell) : null,
    ),
  );
  const tuples: number[] = [];
  numbers[0]!.forEach((y, i) => {
    numbers[1]!.forEach((m, k) => {
      numbers[2]!.forEach((d, l) => {
        if (y === null || m === null || d === null || isDate(y, m, d)) tuples.push(i, k, l);
      });
    });
  });
  return [{ members: columns.map((column) => ({ part: column!.part, groups: null })), tuples }];
}

/** Years below 100 are taken as they are for their leap days. */
function isDate(year: number, month: number, day: number): boolean {
  if (!Number.isInteger(month) || month < 1 || month > 12 || !Number.isInteger(day) || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= days[month - 1]!;
}

/** Truth of a code: 1 or true, 0 or false; null for anything else. */
function truthOf(meaning: CodeMeaning): 0 | 1 | null {
  if (meaning.kind !== 'cell') return null;
  if (meaning.cell === 1 || meaning.cell === 'true' || meaning.cell === '1') return 1;
  return meaning.cell === 0 || meaning.cell === 'false' || meaning.cell === '0' ? 0 : null;
}

/** Groups: 0 = not set, 1 = set, 2 = anything else, which goes with nothing. */
function oneHot({ columns: names }: RuleOf<'one-hot'>, lookup: Lookup): CodeRelation[] {
  const columns = names.map(lookup);
  if (columns.some((column) => !column?.meanings)) return [];
  const members = columns.map((column) => ({
    part: column!.part,
    groups: column!.meanings!.map((meaning) => truthOf(meaning) ?? 2),
  }));
  return [{ members, tuples: columns.flatMap((_, set) => columns.map((__, m) => Number(m === set))) }];
}

function permutation({ columns: names }: RuleOf<'permutation'>, lookup: Lookup): CodeRelation[] {
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

function missingTogether(names: readonly string[], lookup: Lookup): CodeRelation[] {
  const columns = names.map((name) => lookup(name)?.missing);
  if (columns.some((missing) => !missing)) return [];
  const members = columns.map((missing) => ({
    part: missing!.part,
    groups: Array.from({ length: missing!.cardinality }, (_, code) => Number(code === missing!.code)),
  }));
  return [{ members, tuples: [...members.map(() => 0), ...members.map(() => 1)] }];
}

function implied(rule: RuleOf<'implied-value'>, lookup: Lookup): CodeRelation[] {
  const [by, column] = [lookup(rule.by), lookup(rule.column)];
  if (!by || !column) return [];
  const when = valuesMember(by, rule.values);
  const then = valuesMember(column, [rule.cell]);
  if (!when || !then) return [];
  const tuples = [0, 0, 1, 1, ...(rule.exactly ? [] : [0, 1])];
  return [{ members: [when, then], tuples }];
}

/** Group 1 for the codes of the cells, 0 for others; null if these cells have no codes of their own. */
function valuesMember(column: Column, cells: readonly Cell[]): RelationMember | null {
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
