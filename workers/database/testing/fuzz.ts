import { UserError } from '../../../src/domain/errors';
import { RandomStream } from '../../../src/domain/random';
import { queryRow } from '../duckdb/arrow';
import type { SqlEngine } from '../duckdb/sql';
import { mutate } from './mutate';
import { readFile } from './read-file';

/** Files of one format that mutants are made of. */
export interface FuzzSeeds {
  /** With its extension. */
  readonly fileName: string;
  readonly files: readonly Uint8Array[];
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

/**
 * Imports mutants of files as the product does, and checks that each is read or refused by a `UserError`, and that a
 * table from before and the list of tables stay as they were.
 * @param onDone called after each with its number and its CPU seconds
 * @throws FuzzError for the first that fails
 */
export async function fuzzImport(
  sql: SqlEngine,
  seeds: FuzzSeeds,
  count: number,
  seed: number,
  onDone: (done: number, seconds: number, bytes: Uint8Array) => void = () => {},
): Promise<FuzzOutcome> {
  const random = new RandomStream(seed, `mutants of ${seeds.fileName}`);
  await sql.query('DROP TABLE IF EXISTS read_file');
  await sql.query(`CREATE OR REPLACE TABLE ${PREVIOUS} AS SELECT range AS n FROM range(10)`);
  const before = await stateOf(sql);
  let read = 0;
  let slowest = 0;
  for (let i = 0; i < count; i++) {
    const bytes = mutate(seeds.files[random.below(seeds.files.length)]!, random);
    const start = process.cpuUsage();
    try {
      await readFile(sql, bytes, {}, seeds.fileName);
      read++;
    } catch (error) {
      if (!(error instanceof UserError)) throw new FuzzError(`it failed with ${error}`, bytes, error);
    }
    const { user, system } = process.cpuUsage(start);
    const seconds = (user + system) / 1e6;
    slowest = Math.max(slowest, seconds);
    await sql.query('DROP TABLE IF EXISTS read_file');
    const after = await stateOf(sql);
    if (after !== before) throw new FuzzError(`tables were ${before} and are ${after}`, bytes);
    onDone(i + 1, seconds, bytes);
  }
  await sql.query(`DROP TABLE ${PREVIOUS}`);
  return { read, refused: count - read, slowest };
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
