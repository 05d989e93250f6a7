import type { ColumnSchema } from '../../../src/domain/column-data';
import { UserError } from '../../../src/domain/errors';
import type { OriginalForm } from '../../../src/domain/original-form';
import { pause } from '../../../src/threads/thread';
import type { ExportRows } from './exporter';
import { BLOCK_ROWS, type StoredTable } from './read-rows';

/** Rows that can be sorted: ranks are held in memory. */
export const MAX_SORTED_ROWS = 20_000_000;
/** Cells held at once; a larger table is read as often as it takes. */
const MAX_CELLS = 16_000_000;
const DIGIT = 65_536;

/**
 * The rows in the order of a column, as its file had them; equal ones stay in their order, rows without a value come
 * last. Ranks are told from that column; then rows are gathered by rank, as many at once as fit.
 * @param onRows as in `storedRows`
 * @param maxCells held at once; tests take fewer
 * @throws UserError `export/failed` above `MAX_SORTED_ROWS`
 */
export function sortedRows(
  table: StoredTable,
  schema: readonly ColumnSchema[],
  { column, descending }: NonNullable<OriginalForm['sortedBy']>,
  onRows: (rows: number) => void,
  maxCells = MAX_CELLS,
): ExportRows {
  const index = schema.findIndex(({ name }) => name === column);
  const { count, width } = table;
  if (count > MAX_SORTED_ROWS) {
    throw new UserError(
      'export/failed',
      `Up to ${MAX_SORTED_ROWS.toLocaleString('en')} rows can be sorted, and there are ${count.toLocaleString('en')}. Download them as they were drawn.`,
    );
  }
  return {
    count,
    async *blocks() {
      const ranks = await ranksOf(table, index, descending === true);
      const held = Math.max(BLOCK_ROWS, Math.floor(maxCells / width));
      for (let low = 0; low < count; low += held) {
        const high = Math.min(count, low + held);
        const columns: unknown[][] = [];
        for (let c = 0; c < width; c++) {
          const gathered = new Array<unknown>(high - low);
          for (const { begin, end } of table.groups()) {
            const values = await table.read(c, begin, end);
            for (let row = begin; row < end; row++) {
              const rank = ranks[row]!;
              if (rank >= low && rank < high) gathered[rank - low] = values[row - begin];
            }
            await pause();
          }
          columns.push(gathered);
          onRows(low + ((high - low) * (c + 1)) / (2 * width));
        }
        for (let from = low; from < high; from += BLOCK_ROWS) {
          const to = Math.min(high, from + BLOCK_ROWS);
          yield { columns: columns.map((values) => values.slice(from - low, to - low)), rows: to - from };
          onRows(low + (high - low) / 2 + (to - low) / 2);
        }
      }
    },
  };
}

/** At which position each row stands. */
async function ranksOf(table: StoredTable, column: number, isDescending: boolean): Promise<Uint32Array> {
  const keys = new Float64Array(table.count);
  const numbers = new Map<string, number>();
  for (const { begin, end } of table.groups()) {
    const values = await table.read(column, begin, end);
    for (let row = begin; row < end; row++) keys[row] = keyOf(values[row - begin], numbers);
  }
  if (numbers.size > 0) {
    const order = [...numbers.keys()].sort((a, b) => (a < b ? -1 : 1));
    const positions = new Float64Array(numbers.size);
    for (const [at, text] of order.entries()) positions[numbers.get(text)!] = at;
    for (let row = 0; row < keys.length; row++)
      if (!Number.isNaN(keys[row]!)) keys[row] = positions[keys[row]!]!;
  }
  if (isDescending) for (let row = 0; row < keys.length; row++) keys[row] = -keys[row]!;
  const order = await sortedOrder(keys);
  const ranks = new Uint32Array(order.length);
  for (let at = 0; at < order.length; at++) ranks[order[at]!] = at;
  return ranks;
}

/** A number that sorts as the value does, of a text the number of its first occurrence; NaN = none. */
function keyOf(value: unknown, numbers: Map<string, number>): number {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value !== 'string') return Number(value);
  const known = numbers.get(value);
  if (known !== undefined) return known;
  numbers.set(value, numbers.size);
  return numbers.size - 1;
}

/**
 * Row numbers by ascending key, equal ones in their order, NaN last: a radix sort of the bits, of which those of
 * negative numbers are turned round.
 */
export async function sortedOrder(keys: Float64Array): Promise<Uint32Array> {
  const digits = new Uint16Array(new Float64Array(keys.length).buffer);
  const bits = new Uint32Array(digits.buffer);
  new Float64Array(digits.buffer).set(keys.map((key) => (Number.isNaN(key) ? Number.NaN : key + 0)));
  for (let row = 0; row < keys.length; row++) {
    const isNegative = keys[row]! < 0;
    const [low, high] = [bits[2 * row]!, bits[2 * row + 1]!];
    bits[2 * row] = isNegative ? ~low : low;
    bits[2 * row + 1] = isNegative ? ~high : high | 0x80000000;
  }
  let order = Uint32Array.from({ length: keys.length }, (_, row) => row);
  for (let digit = 0; digit < 4; digit++) {
    const starts = new Uint32Array(DIGIT + 1);
    for (let row = 0; row < keys.length; row++) starts[digits[4 * row + digit]! + 1]!++;
    for (let d = 0; d < DIGIT; d++) starts[d + 1]! += starts[d]!;
    const next = new Uint32Array(keys.length);
    for (const row of order) next[starts[digits[4 * row + digit]!]!++] = row;
    order = next;
    await pause();
  }
  return order;
}
