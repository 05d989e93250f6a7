import { scanHead } from '../csv/scan-text';
import type { Separators } from '../csv/scanned-record';
import { usualFields } from './usual-fields';

/** What comments begin with in files of programs and instruments. */
const MARKS = ['#', '//', '%', '--', ';', '!', '*'] as const;
const SAMPLE_LINES = 1_000;
const SAMPLE_RECORDS = 400;
/** Marks that begin values too, an empty first cell or a footnote: only lines above the table can be comments. */
const ABOVE_ALONE: readonly string[] = [';', '!', '*', '--'];

/**
 * Marks that lines of a text begin with, most frequent first.
 * @param head UTF-8 bytes
 */
export function commentCandidates(head: Uint8Array): string[] {
  const counts = new Map<string, number>();
  const lines = new TextDecoder().decode(head).split(/\r\n|\r|\n/, SAMPLE_LINES);
  for (const line of lines) {
    const mark = MARKS.find((known) => line.startsWith(known));
    if (mark !== undefined) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([mark]) => mark);
}

/**
 * Whether lines that begin with the mark are comments: records without it make a table, and those lines would not fit
 * into it. A line of values may begin with a mark too (“#1,red”, an empty cell before “;”).
 * @param separators those of the text without the lines in question
 */
export function areComments(head: Uint8Array, complete: boolean, separators: Separators): boolean {
  const mark = separators.comment!;
  const { records, comments } = scanHead(head, separators, complete, SAMPLE_RECORDS);
  const filled = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const first = filled[0]?.line ?? 0;
  if (comments.length === 0 || filled.length < 2) return false;
  const areAbove = comments.every(({ line }) => line < first);
  if (ABOVE_ALONE.includes(mark) && !areAbove) return false;
  const usual = usualFields(records).fields;
  const isProse = (text: string) => /^[\s=*-]*$|^\s+\S|\s\S+\s|:/.test(text.slice(mark.length));
  if (usual < 2)
    return comments.every(({ text }) => isProse(text)) && (areAbove || comments.length < filled.length);
  const alike = comments.filter(({ text }) => fieldsOf(text, separators) === usual).length;
  return (
    alike <= comments.length / 2 ||
    (areAbove && comments.length > 1 && comments.every(({ text }) => isProse(text)))
  );
}

/**
 * Whether the last comment above the rows holds their names, as numerical programs write them (“# x y z”).
 * @param text the comment
 */
export function holdsNames(text: string, fields: number, separators: Separators): boolean {
  const cells = namesOfComment(text, separators);
  return (
    fields > 1 &&
    cells.length === fields &&
    new Set(cells).size === fields &&
    cells.every((cell) => /\p{L}/u.test(cell) && !/[:=]/.test(cell) && cell.length <= 40)
  );
}

/** The names that a comment holds, without its mark, and without the word for them (“#Fields: date time”). */
export function namesOfComment(text: string, separators: Separators): string[] {
  return cellsOf(withoutLabel(text.slice(separators.comment!.length)), separators);
}

/** A list of names without the word that says that they are ones. */
export function withoutLabel(text: string): string {
  return text.replace(/^\s*(fields|columns|names|header)\s*:\s*/i, '');
}

function fieldsOf(text: string, separators: Separators): number {
  return cellsOf(text, separators).length;
}

function cellsOf(text: string, separators: Separators): string[] {
  const bytes = new TextEncoder().encode(text);
  const { records } = scanHead(bytes, { ...separators, comment: undefined }, true, 1);
  return records[0]?.cells.map((cell) => cell.trim()) ?? [];
}
