import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../testing/read-texts';

const word = fc.constantFrom(
  'a',
  'bb',
  'Ann',
  'Total',
  'x y',
  '1',
  '22',
  '3.5',
  '2020-01-01',
  'NA',
  '-',
  'name',
  'kg',
  '#',
  '%',
);
const line = fc.oneof(
  { weight: 6, arbitrary: fc.array(word, { minLength: 1, maxLength: 5 }).map((cells) => cells.join(',')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ',,',
      ',,,,',
      'Title of it',
      '# a comment',
      '-- note: so',
      '',
      '  ',
      'sum,,5',
      'Source: x, y',
    ),
  },
);
/** Blocks of lines that repeat, as rows do. */
const text = fc
  .array(fc.tuple(fc.array(line, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 5 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((blocks) => blocks.flatMap(([lines, times]) => Array.from({ length: times }, () => lines).flat()));

describe('every record of a file', () => {
  it('is a row, names, or listed', async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 3, max: 400 }),
        async (lines, end, bytes) => {
          const { detected, rows } = await readTexts(lines.join(end) + end, { quote: '' }, bytes);
          // A file without columns is refused as a whole.
          fc.pre(Math.max(detected.header.length, detected.rowFields) > 0);
          // Lines of blanks are no records, but rows of a table of one column.
          const records = lines.filter((line) => line.trim() !== '').length;
          const blank = detected.header.length <= 1 && detected.rowFields <= 1 ? lines.length - records : 0;
          const names =
            detected.dialect.header && detected.header.length > 0 ? (detected.dialect.headerRows ?? 1) : 0;
          const counted = rows.rowCount + rows.skipped.count + rows.rejectedCount + names;
          expect(counted).toBeGreaterThanOrEqual(records);
          expect(counted).toBeLessThanOrEqual(records + blank);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  it('has its line in the list', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (lines) => {
        const { rows } = await readTexts(`${lines.join('\n')}\n`, { quote: '' });
        for (const { line, text } of rows.skipped.listed) expect(text).toBe(lines[line - 1]);
        for (const { line, text } of rows.rejections) expect(text).toBe(lines[line - 1]);
      }),
      { numRuns: 80 },
    );
  }, 60_000);
});
