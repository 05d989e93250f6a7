import { describe, expect, it } from 'vitest';
import { readTexts } from '../../testing/read-texts';
import { STRUCTURE_CASES } from './cases';

const cases = Object.entries(STRUCTURE_CASES).flatMap(([kind, texts]) =>
  texts.map((expected, i) => ({ ...expected, kind, number: i + 1 })),
);
const byLine = <T extends { readonly line: number }>(list: readonly T[]) =>
  [...list].sort((a, b) => a.line - b.line);

describe('texts of which a careful reader says what they hold', () => {
  it.each(cases)('$kind, $number', async ({ text, names, rows, skipped = [], rejected = [], filled = 0 }) => {
    const read = await readTexts(text);
    expect({
      names: read.names,
      rows: read.cells.map((row) => row.map((cell) => cell ?? '~').join('|')),
      skipped: byLine(read.rows.skipped.listed).map(({ line, reason }) => [line, reason]),
      rejected: read.rows.rejections.map(({ line }) => line),
      filled: read.rows.filledRows?.count ?? 0,
    }).toEqual({ names, rows, skipped: [...skipped].sort(([a], [b]) => a - b), rejected, filled });
  });
});
