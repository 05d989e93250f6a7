import { openNodeEngine } from '../duckdb/node-engine';
import type { SqlEngine } from '../duckdb/sql';

let shared: Promise<SqlEngine> | null = null;

/** One DuckDB for the tests of a thread, which starts in a second; each replaces the tables that it makes. */
export function sharedEngine(): Promise<SqlEngine> {
  shared ??= openNodeEngine();
  return shared;
}
