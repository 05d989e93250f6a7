import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { NamedColumn } from '../../../src/domain/column-data';

/** What pandas reads as no value, the reference's reader. */
const NULLS = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'None', '<NA>', 'n/a', '#N/A']);

/**
 * A small CSV file (plain or .gz, comma, quotes) as columns, for tests and benches in Node. A column is numeric if
 * all its values read as numbers; `like` gives the types of another table instead.
 */
export function readCsvTable(path: string, like?: readonly NamedColumn[]): NamedColumn[] {
  const bytes = readFileSync(path);
  const [header, ...rows] = parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  return header!.map((name, at) => {
    const type = like?.find((column) => column.name === name)?.storageType;
    const cells = rows.map((row) => {
      const cell = row[at] ?? '';
      return NULLS.has(cell) ? null : cell;
    });
    return toColumn(name, cells, type);
  });
}

function toColumn(name: string, cells: (string | null)[], type?: NamedColumn['storageType']): NamedColumn {
  const numeric =
    type === undefined
      ? cells.every((cell) => cell === null || !Number.isNaN(Number(cell)))
      : type === 'integer' || type === 'float';
  if (numeric) {
    const values = Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)));
    const nulls = Uint8Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0));
    const data = { kind: 'number' as const, values, nulls: nulls.includes(1) ? nulls : null };
    return { name, storageType: type ?? (values.every(Number.isInteger) ? 'integer' : 'float'), data };
  }
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    if (cell === null) return -1;
    const code = known.get(cell) ?? dictionary.push(cell) - 1;
    known.set(cell, code);
    return code;
  });
  return { name, storageType: 'text', data: { kind: 'text', codes, dictionary } };
}

function parse(text: string): string[][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => {
      if (!line.includes('"')) return line.split(',');
      return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
        quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
      );
    });
}
