import { existsDate } from '../../../../../src/domain/calendar';
import type { Rule, RuleOf } from '../../../../../src/domain/rules';
import type { CodeRelation, RelationMember } from '../network/restrictions';
import { type CodeMeaning, meaningsOf, missingCode } from './code-values';
import { type CodedTable, type ColumnCodes, isExact, type Lookup } from './column-codes';
import { chainedDependencies } from './dependencies';
import { excluded, implied, missingTogether, oneHot, permutation } from './group-relations';
import { observed } from './observed-relations';
import { byThresholds } from './threshold-relations';

/**
 * Relations between the codes of a table that its rules amount to (docs/rules.md, Keeping rules). Rules about values
 * inside a bin, and computed columns, have none: their values are made to agree afterwards.
 */
export function codeRelations(rules: readonly Rule[], table: CodedTable): CodeRelation[] {
  const columns = new Map<string, ColumnCodes>();
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
    case 'extreme':
      return extremes(rule, lookup);
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
    case 'thresholds':
      return byThresholds(rule, lookup);
    default:
      return [];
  }
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

/** The target is in order with each of the columns; of two, ranges say more (interval-relations.ts). */
function extremes({ target, columns, end, cells }: RuleOf<'extreme'>, lookup: Lookup): CodeRelation[] {
  if (cells || columns.length <= 2) return [];
  return columns.flatMap((column) => {
    const [low, high] = end === 'largest' ? [column, target] : [target, column];
    return ordered({ kind: 'inequality', low, high, strict: false }, lookup);
  });
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
        if (y === null || m === null || d === null || existsDate(y, m, d)) tuples.push(i, k, l);
      });
    });
  });
  return [{ members: columns.map((column) => ({ part: column!.part, groups: null })), tuples }];
}
