import { RandomStream } from '../../../../../src/domain/random';
import type { EncodedFeature } from '../../coded-columns';
import type { CodeRelation } from '../network/restrictions';
import { meaningsOf } from './code-values';
import type { CodedTable } from './column-codes';

/** Fewer codes are no curve. */
const MIN_CODES = 20;
/** Share of independent rows that lies where a pair of columns has rows, at most: else little is gained. */
const MAX_AREA = 0.3;
/** Share of held-back rows that may lie outside. */
const MAX_OUTSIDE = 0.002;
/** Fewer held-back rows cannot tell. */
const MIN_HELD_BACK = 100;
/** A cell counts with its neighbours so far away. */
const REACH = 1;
/** Rows and levels of a first look that rules most pairs out. */
const FIRST_ROWS = 400;
const FIRST_LEVELS = 8;
/** Share of cells of levels that have to be empty. */
const MIN_EMPTY = 0.35;
/** Pairs that are looked at in full, at most. */
const MAX_PAIRS = 400;

/** A column of ordered numbers. */
interface Ordered {
  readonly name: string;
  readonly part: number;
  readonly codes: Uint16Array;
  readonly cardinality: number;
  /** Codes below are missing values, which have no neighbours. */
  readonly firstNumber: number;
}

/**
 * Relations of binned columns that lie on a curve or in a band: a pair of codes may be drawn if enough training rows hold
 * it or one of its neighbours. A smooth model would leave such a narrow region by a little. A region counts if it is
 * small, and if rows that were held back lie inside.
 */
export function supportRelations(table: CodedTable, seed: number): CodeRelation[] {
  const { rowCount, trainingRows } = table;
  if (rowCount - trainingRows < MIN_HELD_BACK) return [];
  const columns = orderedColumns(table.features, table.codes, rowCount);
  const stream = new RandomStream(seed, 'support');
  const rows = Uint32Array.from({ length: Math.min(FIRST_ROWS, trainingRows) }, () =>
    stream.below(trainingRows),
  );
  const relations: CodeRelation[] = [];
  let looks = 0;
  for (const [i, a] of columns.entries()) {
    for (const b of columns.slice(i + 1)) {
      if (looks >= MAX_PAIRS || !mayBeNarrow(a, b, rows)) continue;
      looks++;
      const relation = relationOf(a, b, table);
      if (relation) relations.push(relation);
    }
  }
  return relations;
}

function orderedColumns(
  features: readonly EncodedFeature[],
  codes: Uint16Array,
  rowCount: number,
): Ordered[] {
  let part = 0;
  return features.flatMap(({ schema, encoding }) => {
    const own = part;
    part += encoding.subColumns.length;
    if (encoding.type !== 'TABULAR_NUMERIC_BINNED') return [];
    const cardinality = encoding.subColumns[0]!.cardinality;
    if (cardinality < MIN_CODES) return [];
    const firstNumber = meaningsOf(encoding)!.findIndex(
      (meaning) => meaning.kind !== 'cell' || meaning.cell !== null,
    );
    const { name } = schema;
    return [
      {
        ...{ name, part: own, cardinality, firstNumber },
        codes: codes.subarray(own * rowCount, (own + 1) * rowCount),
      },
    ];
  });
}

/** Whether a coarse look leaves much empty. */
function mayBeNarrow(a: Ordered, b: Ordered, rows: Uint32Array): boolean {
  const isFull = new Uint8Array(FIRST_LEVELS * FIRST_LEVELS);
  for (const row of rows) {
    const x = Math.floor((a.codes[row]! * FIRST_LEVELS) / a.cardinality);
    const y = Math.floor((b.codes[row]! * FIRST_LEVELS) / b.cardinality);
    isFull[x * FIRST_LEVELS + y] = 1;
  }
  return isFull.filter((full) => full === 0).length >= MIN_EMPTY * isFull.length;
}

function relationOf(
  a: Ordered,
  b: Ordered,
  { rowCount, trainingRows, thresholdOf, subjects }: CodedTable,
): CodeRelation | null {
  const counts = new Uint32Array(a.cardinality * b.cardinality);
  const ofA = new Float64Array(a.cardinality);
  const ofB = new Float64Array(b.cardinality);
  for (const row of subjects?.sample ?? []) counts[a.codes[row]! * b.cardinality + b.codes[row]!]!++;
  for (let row = 0; row < trainingRows; row++) {
    if (!subjects) counts[a.codes[row]! * b.cardinality + b.codes[row]!]!++;
    ofA[a.codes[row]!]! += 1 / trainingRows;
    ofB[b.codes[row]!]! += 1 / trainingRows;
  }
  const threshold = thresholdOf(a.name);
  const isOpen = new Uint8Array(counts.length);
  const tuples: number[] = [];
  let area = 0;
  for (let x = 0; x < a.cardinality; x++) {
    for (let y = 0; y < b.cardinality; y++) {
      if (rowsAround(counts, a, b, x, y) < threshold) continue;
      isOpen[x * b.cardinality + y] = 1;
      area += ofA[x]! * ofB[y]!;
      tuples.push(x, y);
    }
  }
  if (area > MAX_AREA) return null;
  let outside = 0;
  for (let row = trainingRows; row < rowCount; row++) {
    if (isOpen[a.codes[row]! * b.cardinality + b.codes[row]!] === 0) outside++;
  }
  if (outside > MAX_OUTSIDE * (rowCount - trainingRows)) return null;
  return { members: [a, b].map(({ part }) => ({ part, groups: null })), tuples };
}

/** Rows of a pair of codes and its neighbours. */
function rowsAround(counts: Uint32Array, a: Ordered, b: Ordered, x: number, y: number): number {
  const [fromX, toX] = reach(x, a);
  const [fromY, toY] = reach(y, b);
  let sum = 0;
  for (let i = fromX; i <= toX; i++) for (let k = fromY; k <= toY; k++) sum += counts[i * b.cardinality + k]!;
  return sum;
}

function reach(code: number, { cardinality, firstNumber }: Ordered): [number, number] {
  if (code < firstNumber) return [code, code];
  return [Math.max(firstNumber, code - REACH), Math.min(cardinality - 1, code + REACH)];
}
