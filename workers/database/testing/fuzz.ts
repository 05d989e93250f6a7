import { UserError } from '../../../src/domain/errors';
import { RandomStream } from '../../../src/domain/random';
import { queryRow } from '../duckdb/arrow';
import type { SqlEngine } from '../duckdb/sql';
import { importFile } from '../import/import-file';
import { SqlTable } from '../tables';
import { mutate } from './mutate';

/** Files of one format that mutants are made of. */
export interface FuzzSeeds {
  /** With its extension. */
  readonly fileName: string;
  readonly files: readonly Uint8Array[];
  /** Makes the file of what was changed; absent = what was changed is the file. */
  readonly pack?: (bytes: Uint8Array) => Uint8Array;
}

/** What became of mutants. */
export interface FuzzOutcome {
  readonly read: number;
  /** Refused with a sentence. */
  readonly refused: number;
  /** The longest that one took, CPU seconds. */
  readonly slowest: number;
}

/** A mutant that was neither read nor refused, or took the previous table with it. */
export class FuzzError extends Error {
  override readonly name = 'FuzzError';
  readonly bytes: Uint8Array;

  constructor(what: string, bytes: Uint8Array, cause?: unknown) {
    const start = JSON.stringify(new TextDecoder('latin1').decode(bytes.subarray(0, 400)));
    super(`${what}: ${start} (${bytes.length} bytes)`, { cause });
    this.bytes = bytes;
  }
}

const PREVIOUS = 'fuzz_previous';
const TABLE = 'fuzz_read';
/** What a person reads begins as a sentence and ends as one. */
const SENTENCE = /^[“A-Z].*\.$/s;

/**
 * Imports mutants of files as the product does, and checks that each is read or refused by a `UserError` in a sentence,
 * that what is refused leaves no table behind, and that a table from before stays as it was.
 * @param onDone called after each with its number and its CPU seconds
 * @throws FuzzError for the first that fails
 */
export async function fuzzImport(
  sql: SqlEngine,
  { fileName, files, pack = (bytes) => bytes }: FuzzSeeds,
  count: number,
  seed: number,
  onDone: (done: number, seconds: number, bytes: Uint8Array) => void = () => {},
): Promise<FuzzOutcome> {
  const random = new RandomStream(seed, `mutants of ${fileName}`);
  await sql.query(`DROP TABLE IF EXISTS ${TABLE}`);
  await sql.query(`CREATE OR REPLACE TABLE ${PREVIOUS} AS SELECT range AS n FROM range(10)`);
  const before = await stateOf(sql);
  let read = 0;
  let slowest = 0;
  for (let i = 0; i < count; i++) {
    const bytes = pack(mutate(files[random.below(files.length)]!, random));
    const start = process.cpuUsage();
    try {
      await readWhole(sql, new File([bytes as BlobPart], fileName));
      read++;
      await sql.query(`DROP TABLE ${TABLE}`);
    } catch (error) {
      const isSentence = error instanceof UserError && SENTENCE.test(error.message);
      if (!isSentence) throw new FuzzError(`it failed with ${error}`, bytes, error);
    }
    const { user, system } = process.cpuUsage(start);
    const seconds = (user + system) / 1e6;
    slowest = Math.max(slowest, seconds);
    const after = await stateOf(sql);
    if (after !== before) throw new FuzzError(`tables were ${before} and are ${after}`, bytes);
    onDone(i + 1, seconds, bytes);
  }
  await sql.query(`DROP TABLE ${PREVIOUS}`);
  return { read, refused: count - read, slowest };
}

/** Imports a file and reads its first rows, as its preview does. */
async function readWhole(sql: SqlEngine, file: File): Promise<void> {
  const options = { overrides: {}, sqlTable: TABLE, onProgress: () => {}, checkpoint: () => {} };
  const { columns, rowCount } = await importFile(sql, file, options);
  await new SqlTable(columns, rowCount, sql, TABLE).preview(0, 1_000);
}

/** The tables that there are, and the sum of the previous one. */
async function stateOf(sql: SqlEngine): Promise<string> {
  const state = await queryRow(
    sql,
    `SELECT (SELECT string_agg(table_name, ',' ORDER BY table_name) FROM information_schema.tables) AS names,
      (SELECT sum(n)::INTEGER FROM ${PREVIOUS}) AS total`,
  );
  return JSON.stringify(state);
}
