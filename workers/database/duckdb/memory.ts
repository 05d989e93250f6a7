import { queryRow } from './arrow';
import type { SqlEngine } from './sql';

const UNITS: Readonly<Record<string, number>> = {
  bytes: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** Bytes that all tables hold now. */
export async function usedBytes(sql: SqlEngine): Promise<number> {
  const query = 'SELECT coalesce(sum(memory_usage_bytes), 0)::DOUBLE AS bytes FROM duckdb_memory()';
  return Number((await queryRow(sql, query))['bytes']);
}

/** Bytes that tables and queries may hold in all. */
export async function memoryLimit(sql: SqlEngine): Promise<number> {
  const row = await queryRow(sql, "SELECT current_setting('memory_limit') AS text");
  const [, size, unit] = /^([\d.]+) (\w+)$/.exec(String(row['text'])) ?? [];
  const bytes = Number(size) * (UNITS[unit ?? ''] ?? Number.NaN);
  return Number.isFinite(bytes) ? bytes : Number.POSITIVE_INFINITY;
}
