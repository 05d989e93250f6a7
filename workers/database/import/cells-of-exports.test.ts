import { beforeAll, describe, expect, it } from 'vitest';
import { detectEncoding } from '../dialect/encoding';
import type { SqlEngine } from '../duckdb/sql';
import { encodeText } from '../testing/encode-text';
import { readFile } from '../testing/read-file';
import { sharedEngine } from '../testing/shared-engine';

let sql: SqlEngine;
beforeAll(async () => {
  sql = await sharedEngine();
});

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
/** The cells of the last column. */
async function last(text: string): Promise<readonly (string | null)[]> {
  return (await readFile(sql, text)).cells.map((row) => row.at(-1)!);
}

describe('an empty cell in quotes', () => {
  it.each([
    ['"id","note"', '"1","paid"', '"2",""', '"3","late"'],
    ['id;note', '1;"paid"', '2;""', '3;"late"'],
    ["'id','note'", "'1','paid, all'", "'2',''", "'3','late, some'"],
  ])('is no value where all cells of its column stand in quotes: %s', async (...text) => {
    const cells = await last(lines(...text));
    expect(cells[1]).toBeNull();
    expect(cells.filter((cell) => cell === null)).toHaveLength(1);
  });

  it.each([
    ['id,note', '1,paid', '2,""', '3,late'],
    ['id,note', '1,"paid"', '2,""', '3,'],
    ['id;note', '1;', '2;""', '3;"so; so"'],
  ])('is an empty text where others stand without: %s', async (...text) => {
    expect((await last(lines(...text)))[1]).toBe('');
  });
});

it.each([
  ['4.9', ': ', '3.5'],
  ['12', '---', '7'],
  ['3', 'Not Available', '4'],
  ['0.5', 'NAN', '0.25'],
  ['5', '..', '9'],
  ['12', '*****', '30'],
])('beside numbers, what stands for no value is none: %s %s', async (first, missing, third) => {
  expect(await last(lines('town\tn', `A\t${first}`, `B\t${missing}`, `C\t${third}`))).toEqual([
    first,
    null,
    third,
  ]);
});

it.each([
  ['1.200', '15.000', '750', '12'],
  ['2.500', '999', '1.250', '3'],
  ['10.000', '1.000', '8', '45'],
])('points part thousands where numbers up to 999 have none: %s %s', async (...cells) => {
  expect(await last(lines('item|n', ...cells.map((cell, i) => `i${i}|${cell}`)))).toEqual(
    cells.map((cell) => cell.replace('.', '')),
  );
});

it.each([
  ['1.234', '2.345', '750'],
  ['0.500', '1.250', '2'],
  ['1.25', '15.000', '12'],
])('points are decimal where that does not show: %s %s', async (...cells) => {
  expect(await last(lines('item|n', ...cells.map((cell, i) => `i${i}|${cell}`)))).toEqual(
    cells.map((cell) => `${Number(cell)}`),
  );
});

it.each([
  ['Jan-02-21', 'Feb-15-21', 'Dec-31-20'],
  ['Jan-02-2021', 'Feb-15-2021', 'Dec-31-2020'],
  ['02/Jan/2021', '15/Feb/2021', '31/Dec/2020'],
  ['2021-Jan-02', '2021-Feb-15', '2020-Dec-31'],
  ['2 Jan 21', '15 Feb 21', '31 Dec 20'],
  ['02JAN2021', '15FEB2021', '31DEC2020'],
])('dates with the month before the day, or between others: %s', async (...cells) => {
  expect(await last(lines('item,day', ...cells.map((cell, i) => `i${i},${cell}`)))).toEqual([
    '2021-01-02',
    '2021-02-15',
    '2020-12-31',
  ]);
});

it.each([
  lines('Probe;Einheit', 'Blei;µg/l', 'Nitrat;mg/l', 'Kupfer;µg/l'),
  lines('town,area (km²),temp (°C)', 'A,5,21.5', 'B,7,20'),
  lines('site;V (m³);T (°C)', 'A;5;21,5', 'B;7;20'),
])('signs of units tell the encoding: %s', (text) => {
  expect(detectEncoding(encodeText(text, 'windows-1252')!, true)).toBe('windows-1252');
});
