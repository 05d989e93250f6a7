import { UserError } from '../../../src/domain/errors';
import { RandomStream } from '../../../src/domain/random';
import { queryRow } from '../duckdb/arrow';
import type { RenewableEngine } from '../duckdb/renewed-engine';
import type { SqlEngine } from '../duckdb/sql';
import { importFile, loadFileHead } from '../import/import-file';
import { SqlTable } from '../tables';
import type { Change } from './mutations/bytes';
import { mutate } from './mutations/mutate';

/** Files of one format that mutants are made of. */
export interface FuzzSeeds {
  /** What they are, for a table of outcomes. */
  readonly format: string;
  /** With its extension. */
  readonly fileName: string;
  readonly files: readonly Uint8Array[];
  /** Changes of this format; absent = those of any. */
  readonly changes?: readonly Change[];
  /** Makes the file of what was changed; absent = what was changed is the file. */
  readonly pack?: (bytes: Uint8Array) => Uint8Array;
}

/** What became of a mutant. */
export interface FuzzOutcome {
  readonly bytes: Uint8Array;
  readonly isRead: boolean;
  /** Why that is a fault; absent = it was read, or refused with a sentence. */
  readonly fault?: string;
  /** CPU seconds. */
  readonly seconds: number;
}

const PREVIOUS = 'fuzz_previous';
const TABLE = 'fuzz_read';
/** What a person reads begins as a sentence and ends as one. */
const SENTENCE = /^[“A-Z].*\.$/s;
/** Of so many mutants one is previewed before it is imported. */
const PREVIEWED = 4;

/**
 * Imports mutants of files as the product does, and checks that each is read or refused by a `UserError` in a sentence,
 * that what is refused leaves no table behind, and that a table from before stays as it was.
 * @param onMutant called with each before it is imported
 */
export async function* fuzzImport(
  sql: RenewableEngine,
  { format, fileName, files, changes = [], pack = (bytes) => bytes }: FuzzSeeds,
  count: number,
  seed: number,
  onMutant: (bytes: Uint8Array) => void = () => {},
): AsyncGenerator<FuzzOutcome> {
  const random = new RandomStream(seed, `mutants of ${format} ${fileName}`);
  await sql.query(`DROP TABLE IF EXISTS ${TABLE}`);
  await sql.query(
    `CREATE OR REPLACE TABLE ${PREVIOUS} AS SELECT range AS n, 'text ' || range AS t, range / 7 AS f FROM range(100)`,
  );
  const before = await stateOf(sql);
  for (let i = 0; i < count; i++) {
    const bytes = pack(mutate(files, changes, random));
    onMutant(bytes);
    const start = process.cpuUsage();
    let isRead = true;
    let fault: string | undefined;
    try {
      const file = new File([bytes as BlobPart], fileName);
      if (i % PREVIEWED === 0) await preview(sql, file);
      await readWhole(sql, file);
      await sql.query(`DROP TABLE ${TABLE}`);
    } catch (error) {
      isRead = false;
      const isSentence = error instanceof UserError && SENTENCE.test(error.message);
      if (!isSentence) fault = `it failed with ${error instanceof Error ? error.stack : error}`;
    }
    const { user, system } = process.cpuUsage(start);
    await sql.giveBack();
    const after = await stateOf(sql);
    if (after !== before) fault = `tables were ${before} and are ${after}`;
    yield { bytes, isRead, seconds: (user + system) / 1e6, ...(fault !== undefined && { fault }) };
  }
  await sql.query(`DROP TABLE ${PREVIOUS}`);
}

const OPTIONS = { overrides: {}, sqlTable: TABLE, onProgress: () => {}, checkpoint: () => {} };

/** Imports a file and reads its first rows, as its page does. */
async function readWhole(sql: SqlEngine, file: File): Promise<void> {
  const { columns, rowCount } = await importFile(sql, file, OPTIONS);
  await new SqlTable(columns, rowCount, sql, TABLE).preview(0, 1_000);
}

/** Reads the head of a file, as is done before its import. */
async function preview(sql: SqlEngine, file: File): Promise<void> {
  const { columns, rows } = await loadFileHead(sql, file, OPTIONS);
  await new SqlTable(columns, rows.rowCount, sql, TABLE).preview(0, 200);
  await sql.query(`DROP TABLE ${TABLE}`);
}

/** The tables that there are, and the rows of the previous one. */
async function stateOf(sql: SqlEngine): Promise<string> {
  const state = await queryRow(
    sql,
    `SELECT (SELECT string_agg(table_name, ',' ORDER BY table_name) FROM duckdb_tables()) AS names,
      (SELECT count(*) || ' ' || sum(hash(n, t, f)) FROM ${PREVIOUS}) AS rows`,
  );
  return JSON.stringify(state);
}
