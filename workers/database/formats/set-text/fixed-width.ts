/** Where the columns of a text stand, counted in characters. */
export interface FixedColumns {
  /** Of each column the first character that is its own; the first is 0. */
  readonly starts: readonly number[];
  /** Of each column but the first, where the blanks before it begin. */
  readonly gaps: readonly number[];
  /** A line drawn below the names. */
  readonly hasRule: boolean;
}

/** Lines that columns are told from. */
const MAX_LINES = 400;
/** Lines below the names. */
const ENOUGH_ROWS = 5;
const MIN_COLUMNS = 3;
/** Lines above the names, in the same block. */
const MAX_TITLES = 3;
/** Part of the cells of a column that begin or end at the same place. */
const ALIGNED = 0.9;
/** Part of the lines that have as many of a mark, for it to be a delimiter. */
const REGULAR = 0.9;

/**
 * The columns of a text that are set at fixed positions, where blanks alone do not tell them apart: some cells are empty.
 * Every line has blanks at the same positions, every column has a name, and its cells begin or end below each other. Null =
 * it is no such text.
 * @param lines of the beginning of a file, complete ones
 */
export function fixedColumns(lines: readonly string[]): FixedColumns | null {
  const known = lines.slice(0, MAX_LINES);
  if (known.some((line) => line.includes('\t')) || isDelimited(known)) return null;
  const block = longestBlock(known);
  for (let from = 0; from <= MAX_TITLES; from++) {
    const columns = columnsOf(block.slice(from));
    if (columns) return columns;
  }
  return null;
}

/** The cells of a line, and whether one of them reaches into the next column. */
export function cutLine(
  line: string,
  { starts, gaps }: FixedColumns,
): { readonly cells: readonly string[]; readonly isAcross: boolean } {
  const characters = Array.from(line);
  let isAcross = false;
  const cuts = gaps.map((gap, i) => {
    const end = starts[i + 1]!;
    if (end >= characters.length) return characters.length;
    let at = end;
    while (at > gap && characters[at - 1] !== ' ') at--;
    isAcross ||= at === gap && characters[gap] !== ' ';
    return at === gap ? end : at;
  });
  const bounds = [0, ...cuts, characters.length];
  const cells = bounds.slice(0, -1).map((from, i) =>
    characters
      .slice(from, bounds[i + 1])
      .join('')
      .trim(),
  );
  return { cells, isAcross };
}

/** A mark that nearly all lines have equally often. */
function isDelimited(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  return [',', ';', '|'].some((mark) => {
    const counts = new Map<number, number>();
    for (const line of filled) {
      const count = line.split(mark).length - 1;
      counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    return [...counts].some(([count, seen]) => count > 0 && seen >= REGULAR * filled.length);
  });
}

function longestBlock(lines: readonly string[]): readonly string[] {
  let longest: string[] = [];
  let block: string[] = [];
  for (const line of [...lines, '']) {
    if (line.trim() !== '') block.push(line.trimEnd());
    else {
      if (block.length > longest.length) longest = block;
      block = [];
    }
  }
  return longest;
}

/** @param block names, perhaps a drawn line, rows */
function columnsOf(block: readonly string[]): FixedColumns | null {
  const hasRule = /^[-=\s]+$/.test(block[1] ?? '') && /[-=]\s+[-=]/.test(block[1]!);
  const names = Array.from(block[0] ?? '');
  const rows = block.slice(hasRule ? 2 : 1).map((line) => Array.from(line));
  if (rows.length < ENOUGH_ROWS) return null;
  const spans = named(filledSpans(hasRule ? [Array.from(block[1]!)] : [names, ...rows]), names);
  if (
    spans.length < MIN_COLUMNS ||
    (spans[0]!.from > 0 && !spans.every(({ from, to }) => isFilled(names, from, to)))
  )
    return null;
  let empty = 0;
  for (const { from, to } of spans) {
    if (!isFilled(names, from, to)) return null;
    const cells = rows.flatMap((row) => edgesOf(row, from, to) ?? []);
    empty += rows.length - cells.length;
    const low = Math.min(...cells.map(({ first }) => first));
    const high = Math.max(...cells.map(({ last }) => last));
    const left = cells.filter(({ first }) => first === low).length;
    const right = cells.filter(({ last }) => last === high).length;
    if (cells.length === 0 || Math.max(left, right) < ALIGNED * cells.length) return null;
  }
  if (empty === 0 || rows.some((row) => spans.slice(1).some(({ from }) => isSevered(row, from)))) return null;
  return {
    starts: spans.map(({ from }, i) => (i === 0 ? 0 : from)),
    gaps: spans.slice(1).map((_, i) => spans[i]!.to),
    hasRule,
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Positions where some line has a character, as runs. */
function filledSpans(lines: readonly (readonly string[])[]): Span[] {
  const width = Math.max(0, ...lines.map(({ length }) => length));
  const spans: Span[] = [];
  let from = -1;
  for (let at = 0; at <= width; at++) {
    const isUsed = at < width && lines.some((line) => (line[at] ?? ' ') !== ' ');
    if (isUsed && from < 0) from = at;
    if (!isUsed && from >= 0) {
      spans.push({ from, to: at });
      from = -1;
    }
  }
  return spans;
}

/** A run without a name of its own belongs to the column before it: the words of its texts stand below each other by chance. */
function named(spans: readonly Span[], names: readonly string[]): Span[] {
  const columns: Span[] = [];
  for (const span of spans) {
    const before = columns.at(-1);
    if (before && !isFilled(names, span.from, span.to))
      columns[columns.length - 1] = { ...before, to: span.to };
    else columns.push(span);
  }
  return columns;
}

function isFilled(line: readonly string[], from: number, to: number): boolean {
  return line.slice(from, to).some((character) => character !== ' ');
}

function isSevered(line: readonly string[], at: number): boolean {
  return (line[at - 1] ?? ' ') !== ' ' && (line[at] ?? ' ') !== ' ';
}

function edgesOf(line: readonly string[], from: number, to: number): { first: number; last: number } | null {
  const cell = line.slice(from, to);
  const first = cell.findIndex((character) => character !== ' ');
  return first < 0 ? null : { first, last: cell.findLastIndex((character) => character !== ' ') };
}
