import { describe, expect, test } from 'vitest';
import type { CsvDialect } from '../../../../src/domain/sources';
import { importFile } from '../../import/import-file';
import { SqlTable } from '../../tables';
import { sharedEngine } from '../../testing/shared-engine';

async function read(text: string, overrides: Partial<CsvDialect> = {}) {
  const sql = await sharedEngine();
  const options = { overrides, sqlTable: 'set_text', onProgress: () => {}, checkpoint: () => {} };
  await sql.query('DROP TABLE IF EXISTS set_text');
  const table = await importFile(sql, new File([text], 'set.txt'), options);
  const { rows } = await new SqlTable(table.columns, table.rowCount, sql, 'set_text').preview(0, 100);
  return { ...table, names: table.columns.map(({ name }) => name), rows };
}

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
const RIGHT = lines(
  'Code   City       Count  Score',
  'S001   Aarhus        14    2.5',
  'S002   New York             7.5',
  'S003   Ghent          9    1.5',
  'S004                 11    3.5',
  'S005   Lyon           2',
  'S006   Metz           8    4.5',
);

describe('Columns at fixed positions', () => {
  test('are told from the blanks that all lines have, where cells are empty', async () => {
    const table = await read(RIGHT.replace('             7.5', '            7.5'));
    expect(table.format?.id).toBe('fixed');
    expect(table.format?.notes).toEqual(['Columns were found at the positions 1, 8, 19, 26.']);
    expect(table.names).toEqual(['Code', 'City', 'Count', 'Score']);
    expect(table.columns.map(({ storageType }) => storageType)).toEqual(['text', 'text', 'integer', 'float']);
    expect(table.rows).toEqual([
      ['S001', 'Aarhus', '14', '2.5'],
      ['S002', 'New York', null, '7.5'],
      ['S003', 'Ghent', '9', '1.5'],
      ['S004', null, '11', '3.5'],
      ['S005', 'Lyon', '2', null],
      ['S006', 'Metz', '8', '4.5'],
    ]);
  });

  test('stand below a drawn line and titles, and “NA” is no value', async () => {
    const table = await read(
      lines(
        'Stocks of March',
        '',
        'item        n   since',
        '---------- --- ----------',
        'bolts        7 2020-01-02',
        'nuts           2020-01-03',
        'long screw  12 NA',
        'pins         3',
        'hooks          2020-02-01',
      ),
    );
    expect(table.names).toEqual(['item', 'n', 'since']);
    expect(table.rows).toEqual([
      ['bolts', '7', '2020-01-02'],
      ['nuts', null, '2020-01-03'],
      ['long screw', '12', null],
      ['pins', '3', null],
      ['hooks', null, '2020-02-01'],
    ]);
  });

  test('of a line that reaches into the next column are cut where they stand, and that is told', async () => {
    const more = Array.from(
      { length: 500 },
      (_, i) => `S${`${i}`.padStart(3, '0')}   Lyon           2    4.5`,
    );
    const table = await read(
      `${RIGHT.replace('             7.5', '            7.5')}${lines(...more)}S7     Hall in Tirol17    4.5\n`,
    );
    expect(table.rowCount).toBe(507);
    expect(table.format?.notes).toContain(
      'In one line a cell reaches into the next column and was cut at its position.',
    );
  });

  test.each([
    [
      'labels without a name, blanks inside and between cells',
      lines(
        ...[
          '# A tibble: 5 × 4',
          '  name           height  mass kind ',
          '  <chr>           <int> <dbl> <chr>',
        ],
        ...[
          '1 Luke Skywalker    172  77   Human',
          '2 C-3PO             167  75   Droid',
          '3 R2-D2              96  32.5 Droid',
        ],
        ...['4 Darth Vader       202 136   Human', '5 Leia Organa       150  49   Human'],
      ),
      ['column_1', 'name', 'height', 'mass', 'kind'],
      ['4', 'Darth Vader', '202', '136', 'Human'],
    ],
    [
      'labels of several words',
      lines(
        ...[
          '                   mpg cyl  disp',
          'Mazda RX4         21.0   6 160.0',
          'Mazda RX4 Wag     21.0   6 160.0',
        ],
        ...[
          'Datsun 710        22.8   4 108.0',
          'Hornet Sportabout 18.7   8 360.0',
          'Valiant           18.1   6 225.0',
        ],
        'Duster 360        14.3   8 360.0',
      ),
      ['column_1', 'mpg', 'cyl', 'disp'],
      ['Hornet Sportabout', '18.7', '8', '360'],
    ],
    [
      'what a person typed and was told around the rows',
      lines(
        ...[
          '',
          'SQL> select empno, ename, sal, comm from emp;',
          '',
          '     EMPNO ENAME             SAL       COMM',
        ],
        ...[
          '---------- ---------- ---------- ----------',
          '      7369 SMITH             800',
          '      7499 ALLEN            1600        300',
        ],
        ...[
          '      7566 JONES            2975',
          '      7654 MARTIN           1250       1400',
          '      7844 TURNER           1500          0',
        ],
        ...['', '5 rows selected.', '', 'SQL> spool off'],
      ),
      ['EMPNO', 'ENAME', 'SAL', 'COMM'],
      ['7654', 'MARTIN', '1250', '1400'],
    ],
    [
      'a line below each name, and few rows',
      lines(
        ...[
          'id          name                 created                 amount',
          '----------- -------------------- ----------------------- ---------------------',
        ],
        ...[
          '1           Ann Lee              2019-05-01 10:00:00.000 12.5000',
          '2           NULL                 2019-05-02 11:30:00.000 NULL',
        ],
        ...[
          '3           Cid Moore            NULL                    7.2500',
          '4           Bob                  NULL                    3.5000',
          '',
          '(4 rows affected)',
        ],
      ),
      ['id', 'name', 'created', 'amount'],
      ['4', 'Bob', null, '3.5'],
    ],
    [
      'a box around them',
      lines(
        ...[
          '. list make price mpg',
          '',
          '     +------------------------------+',
          '     | make            price   mpg |',
        ],
        ...[
          '     |------------------------------|',
          '  1. | AMC Concord     4,099    22 |',
          '  2. | AMC Pacer       4,749    17 |',
        ],
        ...[
          '  3. | AMC Spirit      3,799    22 |',
          '  4. | Buick Century   4,816    20 |',
          '  5. | Buick Electra   7,827    15 |',
        ],
        '     +------------------------------+',
      ),
      ['column_1', 'make', 'price', 'mpg'],
      ['4', 'Buick Century', '4816', '20'],
    ],
  ])('have %s', async (_, text, names, fourth) => {
    const table = await read(text);
    expect(table.format?.id).toBe('fixed');
    expect(table.names).toEqual(names);
    expect(table.rows[3]).toEqual(fourth);
    expect(table.rowCount).toBe(table.rows.length);
    expect(table.rows.every((row) => row.every((cell) => !/SQL|rows|<|-{3}/.test(cell ?? '')))).toBe(true);
  });

  test('give way to a delimiter that a person sets', async () => {
    const table = await read(RIGHT, { delimiter: ';' });
    expect(table.names).toHaveLength(1);
    expect(table.format).toBeUndefined();
  });

  test.each([
    [
      'prose',
      lines(
        ...Array.from({ length: 12 }, (_, i) => `This is line ${i} of a letter to a good friend of mine.`),
      ),
    ],
    ['delimited text', lines('a, b, c', ...Array.from({ length: 8 }, (_, i) => `${i}, , x`))],
    ['blanks between full columns', lines('a b c', ...Array.from({ length: 8 }, (_, i) => `${i} 1 2`))],
  ])('are not seen in %s', async (_, text) => {
    expect((await read(text)).format).toBeUndefined();
  });
});

describe('Tables of LaTeX', () => {
  test('are read without rules and marks of style', async () => {
    const table = await read(
      lines(
        '\\begin{table}[h] % results',
        '\\caption{Losses}',
        '\\begin{tabular}{l@{ }rr}',
        '\\toprule',
        'Model & Loss~(\\%) & $n$ \\\\ \\midrule',
        '\\textbf{A \\& B} & 1.5 & 10 \\\\',
        'C\\_1 & $2.5$',
        '  & 20 \\\\[2pt]',
        'D & & 30 \\\\',
        '\\bottomrule',
        '\\end{tabular}',
        '\\end{table}',
      ),
    );
    expect(table.format?.id).toBe('latex');
    expect(table.names).toEqual(['Model', 'Loss (%)', 'n']);
    expect(table.rows).toEqual([
      ['A & B', '1.5', '10'],
      ['C_1', '2.5', '20'],
      ['D', null, '30'],
    ]);
  });

  test('are chosen of several', async () => {
    const one = (name: string, value: number) =>
      lines(
        `\\caption{${name}}`,
        '\\begin{tabular}{lr}',
        'town & n \\\\ \\hline',
        `Ulm & ${value} \\\\`,
        `Graz & ${value + 1} \\\\`,
        '\\end{tabular}',
      );
    const text = one('First', 1) + one('Second', 5);
    expect((await read(text)).format?.tables).toEqual([{ name: '1: First' }, { name: '2: Second' }]);
    expect((await read(text, { table: '2: Second' })).rows).toEqual([
      ['Ulm', '5'],
      ['Graz', '6'],
    ]);
  });

  test('are seen in rows alone', async () => {
    const table = await read(
      lines('a & b \\\\ \\hline', ...['1 & 2', '3 & 4', '5 & 6'].map((row) => `${row} \\\\`)),
    );
    expect(table.names).toEqual(['a', 'b']);
    expect(table.rows).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
  });
});
