/** The table as text. */
import type { Line } from './line';

const HEAD = ['what', 'against', 'ratio', 'kept', 'ours', 'theirs', 'asked for'] as const;
/** Columns whose cells stand at the right. */
const RIGHT: ReadonlySet<number> = new Set([2, 3, 4, 5, 6]);
const START = '<!-- npm run bench -- --write: from here -->';
const END = '<!-- npm run bench -- --write: to here -->';

/** The cells of a line. */
export function cellsOf({ what, against, ratio, kept, ours, theirs, bar }: Line): string[] {
  const asked = bar === undefined ? '' : `≥ ${bar}${ratio !== null && ratio < bar ? ': MISSED' : ''}`;
  return [what, against, ratio === null ? '–' : formatRatio(ratio), kept, ours, theirs, asked];
}

/** Aligned, as formatters of Markdown want it. */
export function markdownTable(lines: readonly Line[]): string {
  const rows = [[...HEAD], ...lines.map(cellsOf)];
  const widths = HEAD.map((_, k) => Math.max(3, ...rows.map((row) => row[k]!.length)));
  const pad = (cell: string, k: number) =>
    RIGHT.has(k) ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!);
  const text = (row: readonly string[]) => `| ${row.map(pad).join(' | ')} |`;
  const rule = widths.map((width, k) => (RIGHT.has(k) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  const [head, ...body] = rows.map(text);
  return [head, `| ${rule.join(' | ')} |`, ...body].join('\n');
}

/** Date, machine, table and notes: what stands between the markers of a results file. */
export function markdownSection(machine: string, lines: readonly Line[], notes: readonly string[]): string {
  const remarks = notes.map((note) => `- ${note}`).join('\n');
  return [`${machine}.`, markdownTable(lines), remarks].filter(Boolean).join('\n\n');
}

/**
 * Puts a section between the markers of a document.
 * @throws Error if the markers are not there
 */
export function replaceSection(document: string, section: string): string {
  const start = document.indexOf(START);
  const end = document.indexOf(END);
  if (start < 0 || end < start) throw new Error(`The lines “${START}” and “${END}” are missing.`);
  return `${document.slice(0, start + START.length)}\n\n${section}\n\n${document.slice(end)}`;
}

function formatRatio(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}
