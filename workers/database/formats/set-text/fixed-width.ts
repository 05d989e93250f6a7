import { looksNumeric } from '../../dialect/cell-shape';

/** Where the columns of a text stand, counted in characters. */
export interface FixedColumns {
  /** Of each column the first character that is its own; the first is 0. */
  readonly starts: readonly number[];
  /** Of each column but the first, where the blanks before it begin. */
  readonly gaps: readonly number[];
  /** A line drawn below the names. */
  readonly hasRule: boolean;
  /** Bars stand at both ends of the lines. */
  readonly isBoxed: boolean;
}

/** Lines that columns are told from. */
const MAX_LINES = 400;
/** Lines below the names. */
const ENOUGH_ROWS = 5;
/** The same where a line is drawn below each of them. */
const ENOUGH_BELOW_RULE = 2;
const MIN_COLUMNS = 3;
/** Lines above the names, in the same block. */
const MAX_TITLES = 3;
/** Part of the cells of a column that begin or end at the same place. */
const ALIGNED = 0.9;
/** Part of the cells of a column that are numbers. */
const NUMERIC = 0.8;
/** Part of the lines that have as many of a mark, for it to be a delimiter. */
const REGULAR = 0.9;

/**
 * The columns of a text that are set at fixed positions, where blanks alone do not tell them apart: some cells are empty.
 * Every line has blanks at the same positions, every column has a name, and its cells begin or end below each other. Null =
 * it is no such text.
 * @param lines of the beginning of a file, complete ones
 */
export function fixedColumns(lines: readonly string[]): FixedColumns | null {
  const head = lines.slice(0, MAX_LINES);
  const isBoxed = areBoxed(head);
  const known = isBoxed ? head.map(withoutBox) : head;
  if (known.some((line) => line.includes('\t')) || isDelimited(known)) return null;
  const block = longestBlock(known);
  for (let from = 0; from <= MAX_TITLES; from++) {
    const columns = columnsOf(block.slice(from), isBoxed);
    if (columns) return columns;
  }
  return null;
}

/** The cells of a line, and whether one of them reaches into the next column. */
export function cutLine(
  line: string,
  { starts, gaps, isBoxed }: FixedColumns,
): { readonly cells: readonly string[]; readonly isAcross: boolean; readonly isSentence: boolean } {
  const characters = Array.from(isBoxed ? withoutBox(line) : line);
  let across = 0;
  const cuts = gaps.map((gap, i) => {
    const end = starts[i + 1]!;
    if (end >= characters.length) return characters.length;
    let at = end;
    while (at > gap && characters[at - 1] !== ' ') at--;
    across += Number(at === gap && characters[gap] !== ' ');
    return at === gap ? end : at;
  });
  const bounds = [0, ...cuts, characters.length];
  const cells = bounds.slice(0, -1).map((from, i) =>
    characters
      .slice(from, bounds[i + 1])
      .join('')
      .trim(),
  );
  return { cells, isAcross: across > 0, isSentence: across > 1 };
}

/** “  1. | AMC Concord   4,099 |”: as Stata lists its rows. */
const BOXED = /^\s*(?:\d+\.)?\s*\|[^|]*\|\s*$/;
const BOX_LINE = /^\s*[|+][-+|]{3,}[|+]\s*$/;

/** Bars at both ends of the lines, and lines drawn above and below. */
function areBoxed(lines: readonly string[]): boolean {
  const rows = lines.filter((line) => BOXED.test(line) && !BOX_LINE.test(line)).length;
  return rows >= ENOUGH_ROWS && lines.filter((line) => BOX_LINE.test(line)).length >= 2;
}

function withoutBox(line: string): string {
  return BOX_LINE.test(line) ? '---' : BOXED.test(line) ? line.replaceAll('|', ' ') : line;
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
    // A line drawn through all columns tells nothing of them.
    if (/^\s*[-=_]{3,}\s*$/.test(line)) continue;
    if (line.trim() !== '') block.push(line.trimEnd());
    else {
      if (block.length > longest.length) longest = block;
      block = [];
    }
  }
  return longest;
}

/** @param block names, perhaps a drawn line, rows */
function columnsOf(block: readonly string[], isBoxed: boolean): FixedColumns | null {
  const hasRule = /^[-=\s]+$/.test(block[1] ?? '') && /[-=]\s+[-=]/.test(block[1]!);
  const names = Array.from(block[0] ?? '');
  const rows = block.slice(hasRule ? 2 : 1).map((line) => Array.from(line));
  if (rows.length < (hasRule ? ENOUGH_BELOW_RULE : ENOUGH_ROWS)) return null;
  const spans = named(filledSpans(hasRule ? [Array.from(block[1]!)] : [names, ...rows]), names);
  if (spans.length < MIN_COLUMNS) return null;
  let empty = 0;
  for (const [i, { from, to }] of spans.entries()) {
    // Labels of rows have no name.
    if (!isFilled(names, from, to) && !(i === 0 && areLabels(rows, from, to))) return null;
    const cells = rows.flatMap((row) => edgesOf(row, from, to) ?? []);
    empty += rows.length - cells.length;
    const low = Math.min(...cells.map(({ first }) => first));
    const high = Math.max(...cells.map(({ last }) => last));
    const left = cells.filter(({ first }) => first === low).length;
    const right = cells.filter(({ last }) => last === high).length;
    const least = ALIGNED * cells.length;
    const isAligned = Math.max(left, right) >= least || areAtPoint(rows, from, to);
    if (cells.length === 0 || !isAligned) return null;
  }
  if (rows.some((row) => spans.slice(1).some(({ from }) => isSevered(row, from)))) return null;
  if (empty === 0 && !isBoxed && !(areClose(rows, spans) && areAboveNumbers(names, rows, spans))) return null;
  return {
    starts: spans.map(({ from }, i) => (i === 0 ? 0 : from)),
    gaps: spans.slice(1).map((_, i) => spans[i]!.to),
    ...{ hasRule, isBoxed },
  };
}

/** Numbers with their decimal points below each other; what is in brackets is a type. */
function areAtPoint(rows: readonly (readonly string[])[], from: number, to: number): boolean {
  const texts = rows
    .map((row) => row.slice(from, to).join(''))
    .filter((text) => !/^\s*(<.*>)?\s*$/.test(text));
  const points = texts.map((text) => /^\s*-?\d+(?=\.\d|\s*$)/.exec(text)?.[0].length ?? -1);
  return points.length > 0 && points[0]! > 0 && points.every((at) => at === points[0]);
}

/** All differ; a row of types may have none. */
function areLabels(rows: readonly (readonly string[])[], from: number, to: number): boolean {
  const labels = rows.map((row) => row.slice(from, to).join('').trim()).filter((label) => label !== '');
  return labels.length >= rows.length - 1 && new Set(labels).size === labels.length;
}

/** Names that are no numbers stand above a column of them. */
function areAboveNumbers(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  spans: readonly Span[],
): boolean {
  const cellOf = (row: readonly string[], { from, to }: Span) => row.slice(from, to).join('').trim();
  return (
    !spans.some((span) => looksNumeric(cellOf(names, span))) &&
    spans.some(
      (span) => rows.filter((row) => looksNumeric(cellOf(row, span))).length >= NUMERIC * rows.length,
    )
  );
}

/** Blanks alone do not tell where cells end: one stands between columns, and one inside of cells. */
function areClose(rows: readonly (readonly string[])[], spans: readonly Span[]): boolean {
  const edges = rows.map((row) => spans.map(({ from, to }) => edgesOf(row, from, to)));
  const isClose = edges.some((row) =>
    row.some((edge, i) => {
      const before = row[i - 1];
      if (!edge || !before) return false;
      return spans[i]!.from + edge.first - (spans[i - 1]!.from + before.last) === 2;
    }),
  );
  const hasWords = rows.some((row) =>
    spans.some(({ from, to }) => /\S \S/.test(row.slice(from, to).join(''))),
  );
  return isClose && hasWords;
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
