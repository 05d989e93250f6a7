import type { TextRecord } from '../csv/scan-text';
import { looksNumeric } from './cell-shape';
import { guessHeader } from './header';
import { usualFields } from './usual-fields';

/** Consecutive records of one table: `records[from … to)`. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

/** How a record is filled. */
interface Shape {
  readonly width: number;
  /** Cells up to the last one that is filled. */
  readonly last: number;
  readonly filled: number;
}

/** Records of another width from which on they are another table, if names stand above them. */
const ENOUGH_ROWS = 2;
const HEADER_RECORDS = 200;
/** Titles have hardly more lines. */
const MAX_PROSE = 4;

/**
 * The tables of a file: runs of records between blank lines, lines of one cell and changes of width, put together again
 * where one goes on as the other ended. A run is a table of its own if it is otherwise filled or named than the one
 * before. At least one, if any record is filled; what stands above the first and below the last is none.
 */
export function findRegions(records: readonly TextRecord[]): Region[] {
  const shapes = records.map(shapeOf);
  const regions: Region[] = [];
  /** A record alone, which may be the names of what follows it. */
  let alone: Region | null = null;
  const add = (block: Region) => {
    const before = regions.at(-1);
    if (before && !isOther(records, shapes, before, block)) {
      regions[regions.length - 1] = { from: before.from, to: block.to };
    } else regions.push(block);
  };
  for (const block of splitBlocks(records, shapes)) {
    if (block.to === block.from + 1 && isTitle(shapes, block.from)) continue;
    const isAhead = alone !== null && leadsInto(shapes, alone, block, regions.at(-1));
    if (alone && !isAhead) add(alone);
    const whole: Region = alone && isAhead ? { from: alone.from, to: block.to } : block;
    alone = whole.to === whole.from + 1 ? whole : null;
    if (!alone) add(whole);
  }
  if (alone) add(alone);
  const usual = usualFields(records).fields;
  const tables = regions.filter((region) => isTable(shapes, region, usual) && !isProse(records, region));
  if (tables.length > 1) return tables;
  const filled = shapes.flatMap(({ filled }, i) => (filled > 0 ? [i] : []));
  if (filled.length === 0) return [];
  return [{ from: tables[0]?.from ?? filled[0]!, to: filled.at(-1)! + 1 }];
}

/** The table that is read unless a person says otherwise: the one of most cells, the first of several. */
export function largestRegion(
  records: readonly TextRecord[],
  regions: readonly Region[],
): Region | undefined {
  const size = ({ from, to }: Region) => {
    const shapes = records.slice(from, to).map(shapeOf);
    return shapes.reduce((sum, { last }) => sum + last, 0);
  };
  return regions.reduce<Region | undefined>(
    (best, region) => (best && size(best) >= size(region) ? best : region),
    undefined,
  );
}

function shapeOf({ cells }: TextRecord): Shape {
  const isFilled = (cell: string) => cell.trim() !== '';
  return {
    width: cells.length,
    last: cells.findLastIndex(isFilled) + 1,
    filled: cells.filter(isFilled).length,
  };
}

/** Cuts at blank records, at lines of one cell between wider ones, and where the width changes for good. */
function splitBlocks(records: readonly TextRecord[], shapes: readonly Shape[]): Region[] {
  const blocks: Region[] = [];
  let from = -1;
  const close = (to: number) => {
    if (from >= 0 && to > from) blocks.push({ from, to });
    from = -1;
  };
  shapes.forEach((shape, i) => {
    if (shape.filled === 0) {
      close(i);
      return;
    }
    if (isTitle(shapes, i) || (from >= 0 && i > from && changesWidth(records, shapes, from, i))) close(i);
    if (from < 0) from = i;
    // A title stands alone.
    if (isTitle(shapes, i)) close(i + 1);
  });
  close(shapes.length);
  return blocks;
}

/** One cell, the first, above a record that has more. */
function isTitle(shapes: readonly Shape[], i: number): boolean {
  const { filled, last } = shapes[i]!;
  const next = shapes.slice(i + 1).find((shape) => shape.filled > 0);
  return filled === 1 && last === 1 && next !== undefined && next.last > 1;
}

/** Names of another width than that of all rows before, with rows of that width below. */
function changesWidth(
  records: readonly TextRecord[],
  shapes: readonly Shape[],
  from: number,
  at: number,
): boolean {
  const { width, filled } = shapes[at]!;
  if (width === shapes[at - 1]!.width || filled < width || width < 2) return false;
  const before = shapes.slice(from, at);
  const below = shapes.slice(at, at + ENOUGH_ROWS + 1);
  if (before.length < ENOUGH_ROWS || before.some((shape) => shape.width === width)) return false;
  if (below.length <= ENOUGH_ROWS || below.some((shape) => shape.width !== width)) return false;
  return namesAbove(records.slice(at, at + HEADER_RECORDS), true);
}

/** Whether a record alone is as wide as the block after it, and not as the region before. */
function leadsInto(
  shapes: readonly Shape[],
  alone: Region,
  block: Region,
  before: Region | undefined,
): boolean {
  const { width } = shapes[alone.from]!;
  if (usualOf(shapes, block, 'width') !== width) return false;
  return before === undefined || usualOf(shapes, before, 'width') !== width;
}

/** Whether a block is another table than the region before it. */
function isOther(
  records: readonly TextRecord[],
  shapes: readonly Shape[],
  before: Region,
  block: Region,
): boolean {
  const [known, own] = [usualOf(shapes, before, 'last'), usualOf(shapes, block, 'last')];
  // A line alone is a note below, or one above.
  if (block.to - block.from < ENOUGH_ROWS) return false;
  if (before.to - before.from < ENOUGH_ROWS) return own !== known;
  const first = cellsOf(records[block.from]!);
  if (records.slice(before.from, before.to).some((record) => cellsOf(record) === first)) return false;
  if (usualOf(shapes, before, 'width') !== usualOf(shapes, block, 'width') && own !== known) return true;
  const rows = records.slice(block.from, Math.min(block.to, block.from + HEADER_RECORDS));
  return namesAbove(rows, own === known);
}

function cellsOf({ cells }: TextRecord): string {
  return cells.map((cell) => cell.trim()).join('\u0000');
}

/** @param strict a guess is not enough */
function namesAbove(rows: readonly TextRecord[], strict: boolean): boolean {
  const names = rows[0]!.cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (rows.length < ENOUGH_ROWS || names.length < 2 || new Set(names).size < names.length) return false;
  if (names.some(looksNumeric)) return false;
  const { header, isSure } = guessHeader(rows);
  return header && (isSure || !strict);
}

function usualOf(shapes: readonly Shape[], { from, to }: Region, what: 'last' | 'width'): number {
  const counts = new Map<number, number>();
  for (const shape of shapes.slice(from, to)) counts.set(shape[what], (counts.get(shape[what]) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || b - a)[0]?.[0] ?? 0;
}

/** Lines of a title that a comma cuts: behind it stands a blank. */
function isProse(records: readonly TextRecord[], { from, to }: Region): boolean {
  const rows = records.slice(from, to);
  return (
    rows.length <= MAX_PROSE &&
    rows.every(
      ({ cells, quoted }) => !quoted.includes(true) && cells.slice(1).every((cell) => /^\s+\S/.test(cell)),
    )
  );
}

/** Two records and more, of two cells and more unless the file has one column. */
function isTable(shapes: readonly Shape[], region: Region, usual: number): boolean {
  return region.to - region.from >= ENOUGH_ROWS && (usual === 1 || usualOf(shapes, region, 'last') > 1);
}
