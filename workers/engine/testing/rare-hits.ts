import type { ColumnData } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { MIN_THRESHOLD } from '../../../src/domain/rarity';
import { analyseColumn, decodeColumn, encodeLearned, forbiddenCodes } from '../encoding/encoder';
import { cells, tally } from '../encoding/testing';
import { MAX_THRESHOLD } from '../privacy/protection';
import type { RandomColumn } from './random-columns';

/** What of a column's rare values comes out of its codes. */
export interface RareHits {
  readonly rows: number;
  /** Rows of the output that are a value which fewer than 5 of the learned rows hold, … */
  readonly own: number;
  /** … and one which fewer than 5 of as many rows hold that nobody learned: what chance brings. */
  readonly strangers: number;
  /** Values that at least 12 rows hold and that came out as another. */
  readonly changed: number;
}

/** Of these the codes that are learned tell nothing rare either; the others' codes tell what a row holds. */
const REDRAWN = ['TABULAR_CATEGORICAL', 'TABULAR_CHARACTER', 'TABULAR_NUMERIC_DIGIT', 'TABULAR_LAT_LONG'];

/**
 * Rows through the codes of a protected column, with each sub-column in an order of its own, as a model would draw them
 * that knows each by itself; where nothing rare is learned, also as they are learned, as a model would that copies rows.
 */
export function rareHits(column: RandomColumn, seed: number): RareHits {
  const { learned, storageType, encodingType } = column;
  const options = { valueProtection: true, rareCategoryReplacementMethod: 'SAMPLE' as const, seed };
  const analysed = analyseColumn(learned, storageType, encodingType, options);
  const encoding = JSON.parse(JSON.stringify(analysed)) as typeof analysed;
  const codes = encodeLearned(encoding, learned, options);
  const forbidden = forbiddenCodes(encoding);
  const drawn = codes[0]!.map((_, row) => row).filter((row) => !forbidden[0]!.includes(codes[0]![row]!));
  const own = codes.map((part) => Uint16Array.from(drawn, (row) => part[row]!));
  const stream = new RandomStream(seed, 'shuffled');
  const shuffled = own.map((part) => stream.shuffle(part.slice()));
  const draws = { seed, column: 0 };
  const plain = cells(decodeColumn(encoding, own, draws, 0));
  const drawnAnew = cells(decodeColumn(encoding, shuffled, draws, own[0]!.length));
  const out = REDRAWN.includes(encodingType) ? [...plain, ...drawnAnew] : drawnAnew;
  const before = cells(learned);
  const known = tally(before);
  const changed = [...drawn].filter((row, i) => {
    const cell = before[row]!;
    return cell !== null && known.get(cell)! >= MAX_THRESHOLD && plain[i] !== cell;
  });
  const count = (cells: ReadonlySet<unknown>) => out.filter((cell) => cells.has(cell)).length;
  return {
    rows: out.length,
    own: count(rareOf(learned)),
    strangers: count(rareOf(column.strangers)),
    changed: changed.length,
  };
}

/** Values that fewer than 5 rows hold. */
function rareOf(data: ColumnData): Set<number | string | null> {
  const counts = tally(cells(data));
  return new Set(
    [...counts].flatMap(([cell, count]) => (cell !== null && count < MIN_THRESHOLD ? [cell] : [])),
  );
}
