import { describe, expect, it } from 'vitest';
import { numberText } from '../../../src/domain/cell-text';
import { readFile } from '../formats/testing/read-fixture';
import { loadExporter } from './load-exporter';
import { exported, type TestColumn, type TestValue } from './testing/export-table';

const LONG = 'word and "word", '.repeat(1_900);
const TEXTS = [
  '',
  null,
  '007',
  '=SUM(A1)',
  'a\r\nb\tc',
  ' blanks ',
  '\u0000\u0001\u001b_x0041_\ufffe',
  '😀 Zoë “x”',
  LONG,
];
/** Values and names that formats trip over; none is a text that reads as its column's type. */
const TABLE: readonly TestColumn[] = [
  { name: '__proto__', type: 'integer', values: [1, -5, null, 2 ** 53 - 1, 0, 7, 7, 7, 7] },
  { name: 'select', type: 'float', values: [1.5, 4, null, -0.1, 1e300, 1, 2, 3, 4] },
  { name: 'constructor', type: 'boolean', values: [true, false, null, ...Array(6).fill(true)] },
  {
    name: "it's",
    type: 'date',
    values: [
      '1970-01-01',
      '2024-02-29',
      null,
      '1900-01-01',
      '9999-12-31',
      ...Array(4).fill('1900-02-28'),
    ].map(instant),
  },
  {
    name: 'a "b", <c>',
    type: 'datetime',
    values: [
      '1970-01-01',
      '2024-02-29T13:05:09.007',
      null,
      '1999-01-01',
      '9999-12-31T23:59:59',
      ...Array(4).fill('2000-01-01T12:00'),
    ].map(instant),
  },
  { name: '😀 name', type: 'text', values: TEXTS },
];

function instant(text: string | null): TestValue {
  return text === null ? null : Date.parse(`${text}${text.includes('T') ? '' : 'T00:00'}Z`);
}

/** A value as the preview shows it. */
function cellOf(type: TestColumn['type'], value: TestValue): string | null {
  if (value === null) return null;
  return typeof value === 'number' ? numberText(value, type) : String(value);
}

describe.each(['csv', 'json', 'jsonl', 'xlsx', 'arrow', 'sqlite'] as const)('%s', (format) => {
  it('written and read again has the same cells', async () => {
    const exporter = await loadExporter(format);
    const { bytes } = await exported(exporter, TABLE, { groupRows: 4 });
    const table = await readFile(bytes, `again.${format}`);
    expect(table.names).toEqual(TABLE.map(({ name }) => name));
    for (const { name, type, values } of TABLE) {
      // A sheet has no empty texts.
      const cells = values.map((value) => cellOf(type, format === 'xlsx' && value === '' ? null : value));
      expect([name, table.types[name], table.columns[name]]).toEqual([name, type, cells]);
    }
  });
});

it.each(['csv', 'json', 'jsonl', 'arrow', 'sqlite'] as const)('%s keeps microseconds', async (format) => {
  const noon = Date.UTC(2024, 1, 29, 12);
  const at: TestColumn = { name: 'at', type: 'datetime', values: [noon + 0.001, noon + 1.5, null, -0.001] };
  const { bytes } = await exported(await loadExporter(format), [at]);
  const { columns } = await readFile(bytes, `times.${format}`);
  expect(columns['at']).toEqual([
    '2024-02-29 12:00:00.000001',
    '2024-02-29 12:00:00.001500',
    null,
    '1969-12-31 23:59:59.999999',
  ]);
});
