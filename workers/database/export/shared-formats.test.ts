import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { csvParseRows } from 'd3-dsv';
import { describe, expect, it } from 'vitest';
import { writtenAgain } from './testing/written-again';

const ROOT = join(import.meta.dirname, '../../../../shared/data');
const available = existsSync(ROOT);
if (!available) process.stderr.write(`SKIPPED: the public tables are not there: ${ROOT}\n`);

/** What pandas 3.1.1 makes of the columns of what is read of each file: i int64, f float64, o any other. */
const DTYPES: Readonly<Record<string, string>> = {
  'airbnb_nyc/airbnb.csv.gz': 'oooiiiofiff',
  'beijing_pm25/pollution.csv': 'iiiiifiifofii',
  'bench_adult/train.csv.gz': 'ioioioooooiiioo',
  'cdnow/users.csv.gz': 'i',
  'cdnow/purchases.csv.gz': 'ioif',
  'telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv': 'iooiooioooooooooooofoo',
  'firstnames_at/firstnames_at.csv.gz': 'iooo',
};
/** Columns that are written as whole numbers: fewer rows than may be shown have decimals. */
const HIDDEN_DECIMALS: Readonly<Record<string, readonly number[]>> = { 'beijing_pm25/pollution.csv': [8] };
/** Bytes of a file that are read, up to a line end. */
const MAX_BYTES = 700_000;
/** Share of the lines that may differ: cells whose format fewer rows have than may be shown. */
const MAX_DIFFERENT = 0.001;

describe.skipIf(!available)('public tables, written as the original', () => {
  it.each(Object.entries(DTYPES))(
    '%s',
    async (path, dtypes) => {
      const stored = readFileSync(join(ROOT, path));
      const whole = path.endsWith('.gz') ? gunzipSync(stored) : stored;
      const bytes = new Uint8Array(whole.subarray(0, whole.lastIndexOf(10, MAX_BYTES) + 1));
      const decode = (of: Uint8Array) => new TextDecoder().decode(of);
      const [original, written] = [decode(bytes), decode(await writtenAgain(bytes))];
      expect(dtypesOf(original)).toBe(dtypes);
      const hidden = HIDDEN_DECIMALS[path] ?? [];
      expect(dtypesOf(written)).toBe(
        [...dtypes].map((type, i) => (hidden.includes(i) ? 'i' : type)).join(''),
      );
      const [lines, again] = [original.split('\n'), written.split('\n')];
      expect(again.length).toBe(lines.length);
      const different = lines.filter((line, i) => line !== again[i]);
      expect(different.length, different.slice(0, 5).join('\n')).toBeLessThanOrEqual(
        MAX_DIFFERENT * lines.length,
      );
    },
    120_000,
  );
});

/** The cells that pandas takes for no value, of those in these tables. */
const NO_VALUE = new Set(['', 'NA']);

/** As pandas decides: whole numbers without a gap are int64; numbers, or whole ones with gaps, are float64. */
function dtypesOf(text: string): string {
  const [names, ...rows] = csvParseRows(text);
  return names!
    .map((_, i) => {
      const cells = rows.map((row) => row[i]!);
      const values = cells.filter((cell) => !NO_VALUE.has(cell));
      if (values.every((cell) => /^[+-]?\d+$/.test(cell))) return values.length === cells.length ? 'i' : 'f';
      return values.every((cell) => /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(cell)) ? 'f' : 'o';
    })
    .join('');
}
