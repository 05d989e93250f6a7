import { openNodeEngine } from '../duckdb/node-engine';
import type { RenewableEngine } from '../duckdb/renewed-engine';

let shared: Promise<RenewableEngine> | null = null;

/** One DuckDB for the tests of a thread, which starts in a second; each replaces the tables that it makes. */
export function sharedEngine(): Promise<RenewableEngine> {
  shared ??= openNodeEngine();
  return shared;
}
