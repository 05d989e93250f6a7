import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlEngine } from '../duckdb/sql';
import { readFile } from '../testing/read-file';
import { sharedEngine } from '../testing/shared-engine';

const ROOT = join(import.meta.dirname, '../../../../shared/cases/import');
const available = existsSync(ROOT);
if (!available) process.stderr.write(`SKIPPED: the cases of imports are not there: ${ROOT}\n`);

const names = available
  ? readdirSync(ROOT)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => name.slice(0, -4))
  : [];

/** What a careful reader gets from a file: names and cells as text, or the sense of a refusal. */
interface Expected {
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly error?: string;
}

describe.skipIf(!available)('files of which a careful reader said what they hold', () => {
  let sql: SqlEngine;
  beforeAll(async () => {
    sql = await sharedEngine();
  });

  it.each(names)('%s', async (name) => {
    const expected: Expected = JSON.parse(readFileSync(join(ROOT, `${name}.expected.json`), 'utf8'));
    const read = () => readFile(sql, new Uint8Array(readFileSync(join(ROOT, `${name}.csv`))));
    if (expected.error === undefined) {
      const { names: columns, cells } = await read();
      expect({ columns, rows: cells }).toEqual({ columns: expected.columns, rows: expected.rows });
    } else if (expected.error.includes('another table')) {
      const { skipped, regions } = await read();
      expect(skipped.map(({ line, reason }) => [line, reason])).toEqual(
        [1, 2, 3, 4, 5].map((line) => [line, line === 1 || line === 5 ? 'title or note' : 'another table']),
      );
      expect(regions?.map(({ names }) => names.filter(Boolean))).toEqual([
        ['name', 'gift'],
        ['name', 'to', 'by', 'days', 'cost'],
      ]);
    } else {
      await expect(read()).rejects.toThrow(/JSON/);
    }
  });
});
