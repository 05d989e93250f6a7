import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanHead } from '../csv/scan-text';
import { detectDialect } from './detect';
import { headAsUtf8 } from './encoding';

const ROOT = join(import.meta.dirname, '../../../../shared/data/messy_csv');
const available = existsSync(ROOT);
if (!available) process.stderr.write(`SKIPPED: the parser suites are not there: ${ROOT}\n`);

/** A file as its records of texts, read with nothing but what was detected. */
function readAll(path: string): string[][] {
  const bytes = new Uint8Array(readFileSync(path));
  const { dialect, newline } = detectDialect(bytes, true, {});
  const { records } = scanHead(headAsUtf8(bytes, dialect.encoding), { ...dialect, newline }, true, 1e6);
  return records.map(({ cells }) => [...cells]);
}

function cases(folder: string, csv: string): { name: string; path: string; expected: unknown }[] {
  if (!available) return [];
  return readdirSync(join(ROOT, folder, 'json')).map((file) => {
    const name = file.replace('.json', '');
    const path = join(ROOT, folder, csv, `${name}.csv`);
    const json = readFileSync(join(ROOT, folder, 'json', file), 'utf8');
    // newlines_crlf.csv lost its carriage returns in its own repository; its JSON did not.
    const expected: unknown = JSON.parse(
      readFileSync(path).includes(13) ? json : json.replaceAll('\\r\\n', '\\n'),
    );
    return { name, path, expected };
  });
}

describe.skipIf(!available)('csv-spectrum', () => {
  it.each(cases('csv-spectrum', 'csvs'))('$name', ({ path, expected }) => {
    const [names, ...rows] = readAll(path);
    expect(rows.map((row) => Object.fromEntries(row.map((cell, i) => [names![i], cell])))).toEqual(expected);
  });
});

describe.skipIf(!available)('csv-test-data', () => {
  it.each(cases('csv-test-data', 'csv'))('$name', ({ path, expected }) => {
    const rows = readAll(path);
    const [names, ...body] = rows;
    const asObjects = body.map((row) => Object.fromEntries(row.map((cell, i) => [names![i], cell])));
    // The suite gives rows as objects where it is about headers, as arrays elsewhere.
    const first = (expected as unknown[])[0];
    const objects = (expected as unknown[]).length === 0 || !Array.isArray(first);
    expect(objects ? asObjects : rows).toEqual(expected);
  });
});

describe.skipIf(!available)('files from the wild', () => {
  const wild = (name: string) => {
    const bytes = new Uint8Array(readFileSync(join(ROOT, 'messytables/horror', name)));
    return detectDialect(bytes, true, {});
  };
  it.each([
    ['begrotingsanalyse-2011.csv', { delimiter: ',', skipLines: 3 }],
    ['complex.csv', { delimiter: ',', header: true }],
    ['example.tsv', { delimiter: '\t', header: true }],
    ['excel_pasting.csv', { delimiter: ',', header: true, skipLines: 3 }],
    ['long.csv', { header: false }],
    ['mixedGLB.csv', { delimiter: ',', header: true, skipLines: 3 }],
    ['null.csv', { header: false, nullValues: ['', 'null'] }],
    ['simple.csv', { delimiter: ',', header: true }],
    ['spanish_chars.csv', { encoding: 'windows-1252', header: true }],
    ['sparse_with_column_errors.csv', { encoding: 'windows-1252', delimiter: ',', header: true }],
    ['utf-16le_encoded.csv', { encoding: 'utf-16le', delimiter: ',', header: true }],
    ['utf8bom.csv', { encoding: 'utf-8', header: true }],
    ['weird_head_padding.csv', { delimiter: ';', decimal: ',' }],
  ])('%s', (name, expected) => {
    expect(wild(name).dialect).toMatchObject(expected);
  });

  it('names survive the byte-order mark', () => {
    expect(wild('utf8bom.csv').header).toEqual(['kitten', 'win']);
    expect(wild('utf-16le_encoded.csv').header[0]).toBe('Organisation_code');
  });
});
