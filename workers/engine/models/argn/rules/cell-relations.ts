import type { EncodedFeature } from '../../coded-columns';
import type { CellTie, Tie } from '../../kept-rules';
import type { CodeRelation } from '../network/restrictions';
import { type CodeMeaning, meaningsOf } from './code-values';

/** Combinations that a relation lists at most; a plane that would need more has none. */
const MAX_TUPLES = 400_000;

interface Column {
  readonly part: number;
  readonly meanings: readonly CodeMeaning[];
}

/** Relations of two columns of numbers with the cell of the plane that they are in: codes whose ranges its box meets. */
export function cellRelations(ties: readonly Tie[], features: readonly EncodedFeature[]): CodeRelation[] {
  const columns = new Map<string, Column>();
  let part = 0;
  for (const { schema, encoding } of features) {
    const meanings = meaningsOf(encoding);
    if (meanings) columns.set(schema.name, { part, meanings });
    part += encoding.subColumns.length;
  }
  return ties.flatMap((tie) => ('boxes' in tie ? (relationOf(tie, columns) ?? []) : []));
}

function relationOf(tie: CellTie, columns: ReadonlyMap<string, Column>): CodeRelation | null {
  const [a, b, cells] = [tie.from, tie.to, tie.cell].map((name) => columns.get(name));
  if (!a || !b || !cells) return null;
  const tuples: number[] = [];
  for (const [code, meaning] of cells.meanings.entries()) {
    if (meaning.kind !== 'cell') continue;
    if (meaning.cell === null) {
      a.meanings.forEach((x, i) => {
        b.meanings.forEach((y, k) => {
          if (isMissing(x) || isMissing(y)) tuples.push(i, k, code);
        });
      });
      continue;
    }
    const [lowX, highX, lowY, highY] = tie.boxes[Number(meaning.cell)]!;
    const own = codesIn(b.meanings, lowY, highY);
    for (const i of codesIn(a.meanings, lowX, highX)) for (const k of own) tuples.push(i, k, code);
    if (tuples.length > 3 * MAX_TUPLES) return null;
  }
  return { members: [a, b, cells].map(({ part }) => ({ part, groups: null })), tuples };
}

function isMissing(meaning: CodeMeaning): boolean {
  return meaning.kind === 'cell' && meaning.cell === null;
}

/** Codes that may be a number of the range. */
function codesIn(meanings: readonly CodeMeaning[], low: number, high: number): number[] {
  return meanings.flatMap((meaning, code) => {
    if (meaning.kind === 'range') return meaning.low < high && meaning.high > low ? [code] : [];
    if (meaning.kind === 'rare' || typeof meaning.cell !== 'number') return [];
    return meaning.cell >= low && meaning.cell <= high ? [code] : [];
  });
}
