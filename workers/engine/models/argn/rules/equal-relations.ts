import type { EncodedFeature } from '../../coded-columns';
import { EQUAL, OTHER, type Tie } from '../../kept-rules';
import type { CodeRelation } from '../network/restrictions';
import { type CodeMeaning, meaningsOf } from './code-values';

/** Combinations that a relation lists at most. */
const MAX_TUPLES = 60_000;

/**
 * Relations of two columns with the flag that says whether they are equal, where all codes are single values: a model of
 * a few units learns which values go together, and that they are equal, but hardly that they are where the flag says so.
 */
export function equalRelations(ties: readonly Tie[], features: readonly EncodedFeature[]): CodeRelation[] {
  const columns = new Map<string, { part: number; meanings: readonly CodeMeaning[] | null }>();
  let part = 0;
  for (const { schema, encoding } of features) {
    columns.set(schema.name, { part, meanings: meaningsOf(encoding) });
    part += encoding.subColumns.length;
  }
  return ties.flatMap((tie) => {
    if (!('flag' in tie)) return [];
    const three = [tie.from, tie.to, tie.flag].map((name) => columns.get(name));
    const [a, b, flag] = three.map((column) => column?.meanings);
    if (!a || !b || !flag || [a, b].some((meanings) => meanings.some(({ kind }) => kind === 'range')))
      return [];
    if (a.length * b.length > MAX_TUPLES) return [];
    const members = three.map((column) => ({ part: column!.part, groups: null }));
    return [{ members, tuples: tuplesOf(a, b, flag) }];
  });
}

function tuplesOf(
  a: readonly CodeMeaning[],
  b: readonly CodeMeaning[],
  flag: readonly CodeMeaning[],
): number[] {
  const tuples: number[] = [];
  for (const [i, x] of a.entries()) {
    for (const [k, y] of b.entries()) {
      const wanted = isMissing(x) || isMissing(y) ? null : areEqual(x, y) ? EQUAL : OTHER;
      for (const [l, said] of flag.entries())
        if (said.kind === 'cell' && said.cell === wanted) tuples.push(i, k, l);
    }
  }
  return tuples;
}

function isMissing(meaning: CodeMeaning): boolean {
  return meaning.kind === 'cell' && meaning.cell === null;
}

/** Hidden values come out as the same text. */
function areEqual(x: CodeMeaning, y: CodeMeaning): boolean {
  return x.kind === 'cell' && y.kind === 'cell' ? x.cell === y.cell : x.kind === y.kind;
}
