import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../../testing/encode-text';
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

  const cell = fc.constantFrom('a', '17', '', '"b, c"', '"two\nlines"', 'é', '"x"');
  const records = (others: readonly string[]) =>
    fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.tuple(cell, cell).map(([first, second]) => `k,${first},${second}`) },
        { weight: 1, arbitrary: fc.constantFrom(...others) },
      ),
      { minLength: 2, maxLength: 40 },
    );
  const listed = ({ rows }: Awaited<ReturnType<typeof readTexts>>) =>
    rows.rowCount + rows.skipped.count + rows.rejectedCount;

  it('is one with backslashes, and with quotes that are mended', async () => {
    const escaped = String.raw`k,"he said \"hi\", so","c:\\"`;
    await fc.assert(
      fc.asyncProperty(
        records([escaped, escaped.replace('so', ''), 'k,only two', 'k,a,b,c,d']),
        records(['k,"say "hi" now",1', 'k,5" pipe,2', 'k,"6"",3', 'k,only two']),
        fc.integer({ min: 3, max: 400 }),
        async (backslashed, mended, bytes) => {
          const head = 'name,first,second\n';
          const settings = { header: true, quote: '"', delimiter: ',', skipLines: 0 } as const;
          const by = { ...settings, escape: 'backslash' } as const;
          expect(listed(await readTexts(`${head}${backslashed.join('\n')}\n`, by, bytes))).toBe(
            backslashed.length,
          );
          expect(listed(await readTexts(`${head}${mended.join('\n')}\n`, settings, bytes))).toBe(
            mended.length,
          );
        },
      ),
      { numRuns: 80 },
    );
  }, 60_000);

  it('is one in other encodings, and with bytes that are none', async () => {
    await fc.assert(
      fc.asyncProperty(
        records(['k,only two', 'k,a,b,c,d']),
        fc.constantFrom('windows-1252', 'utf-16le', 'utf-16be', 'macintosh', 'utf-8'),
        fc.array(fc.nat(), { maxLength: 4 }),
        fc.integer({ min: 3, max: 400 }),
        async (lines, encoding, broken, size) => {
          const bytes = encodeText(`name,first,second\n${lines.join('\n')}\n`, encoding)!;
          // Letters become bytes that are no UTF-8.
          for (const at of broken) if (bytes[at % bytes.length] === 97) bytes[at % bytes.length] = 0xe9;
          const settings = { header: true, quote: '"', delimiter: ',', skipLines: 0, encoding } as const;
          expect(listed(await readTexts(bytes, settings, size))).toBe(lines.length);
        },
      ),
      { numRuns: 80 },
    );
  }, 60_000);
});
