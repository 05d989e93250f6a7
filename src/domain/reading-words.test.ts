import { expect, it } from 'vitest';
import { readingParts, readingSentence, regionsSentence } from './reading-words';
import type { CsvDialect, Source, SourceTable } from './sources';

const DIALECT: CsvDialect = {
  ...{ encoding: 'utf-8', delimiter: ',', quote: '"', header: true, skipLines: 0, decimal: '.' },
  nullValues: [''],
} as const;
const of = (dialect: Partial<CsvDialect> = {}, table: Partial<SourceTable> = {}) =>
  ({
    dialect: { ...DIALECT, ...dialect },
    tables: [{ columns: [{}, {}], rejectedCount: 0, rejected: [], ...table }],
  }) as unknown as Source;
const title = (line: number) => ({ line, reason: 'title or note', text: 'x' }) as const;

it('leaves out what a format says itself', () => {
  expect(readingSentence({ ...of(), format: { id: 'sqlite' } })).toBeNull();
  expect(readingSentence({ ...of(), format: { id: 'xlsx' } })).toBe('We read: names in line 1.');
});

it.each([
  ['comma, UTF-8, names in line 1', of()],
  [
    'semicolon, Windows-1252, names in line 3 (2 lines above left out), decimal comma, “?” as missing in 3 columns',
    of(
      { delimiter: ';', encoding: 'windows-1252', skipLines: 2, decimal: ',' },
      { missing: [{ spelling: '?', columns: 3 }], skipped: [title(1), title(2)], skippedCount: 2 },
    ),
  ],
  ['one column, UTF-8, no names', of({ header: false }, { columns: [{}] as never })],
  [
    'two blanks and more, UTF-8, names in lines 1–2',
    of({ delimiter: '  ', mergeDelimiters: true, headerRows: 2 }),
  ],
  [
    'tab, UTF-8, names in line 1, comments after “#”, 2 lines left out: comments, 1 line left out: units, 7 lines more left out, 1 row with cells missing at the end, 4 rows rejected',
    of(
      { delimiter: '\t', comment: '#' },
      {
        skipped: [
          { line: 5, reason: 'comment', text: '#' },
          { line: 6, reason: 'comment', text: '#' },
          { line: 2, reason: 'units', text: 'm' },
        ],
        skippedCount: 10,
        filledRows: { count: 1, line: 9 },
        rejectedCount: 4,
      },
    ),
  ],
])('%s', (words, source) => {
  expect(readingSentence(source)).toBe(`We read: ${words}.`);
});

it('names every setting that it speaks of', () => {
  expect(readingParts(of({ decimal: ',' })).map(({ field }) => field)).toEqual([
    'delimiter',
    'encoding',
    'header',
    'decimal',
  ]);
});

it('says which lines hold another table', () => {
  const region = (firstLine: number, lastLine: number, isRead: boolean) => ({
    ...{ firstLine, lastLine, isRead, rowCount: lastLine - firstLine + 1 },
    names: ['name', '', 'a very long name that is cut somewhere'],
  });
  expect(regionsSentence({})).toBeNull();
  expect(regionsSentence({ regions: [region(2, 4, false), region(6, 9, true)] })).toBe(
    'The file holds another table, which was not read: lines 2–4 (name, a very long name that i…). Read was the one in lines 6–9.',
  );
});
