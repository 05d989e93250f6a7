import { z } from '../../../../src/domain/zod';
import type { ModelSpec } from '../backend';

/** Shapes that are remembered; the one unused for longest goes first. */
const MOST_RECORDS = 64;

const RaceRecord = z.object({
  /** The GPU and the cores it raced against. */
  device: z.string(),
  model: z.string(),
  /** Rows and batch. */
  table: z.string(),
  winner: z.enum(['webgpu', 'wasm']),
});
type RaceRecord = z.infer<typeof RaceRecord>;

export type RaceWinner = RaceRecord['winner'];
/** What a race is remembered by. */
export type RaceKey = Omit<RaceRecord, 'winner'>;

/**
 * Who won which race. Outlives the page as a text that the page keeps: what cannot be read counts as nothing
 * remembered.
 */
export class RaceMemory {
  #records: RaceRecord[] = [];
  #keep: (text: string) => void = () => {};

  /**
   * @param text what `keep` got last, or null
   * @param keep gets all that is remembered after every change
   */
  open(text: string | null, keep: (text: string) => void): void {
    this.#records = parse(text);
    this.#keep = keep;
  }

  /** The winner on that device of a model and table of that shape; without a table, of any table. */
  find(key: Omit<RaceKey, 'table'> & { readonly table: string | null }): RaceWinner | null {
    return this.#records.findLast((record) => isOf(record, key))?.winner ?? null;
  }

  remember(key: RaceKey, winner: RaceWinner): void {
    const others = this.#records.filter((record) => !isOf(record, key));
    this.#records = [...others, { ...key, winner }].slice(-MOST_RECORDS);
    this.#keep(JSON.stringify(this.#records));
  }
}

function isOf(record: RaceRecord, key: Omit<RaceKey, 'table'> & { readonly table: string | null }): boolean {
  return (
    record.device === key.device &&
    record.model === key.model &&
    (key.table === null || record.table === key.table)
  );
}

function parse(text: string | null): RaceRecord[] {
  if (text === null) return [];
  try {
    return z.array(RaceRecord).parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** Models of about the same size cost about the same per row: sizes are compared by powers of two. */
export function modelShape({ subColumns }: ModelSpec, threads: number | null): string {
  const sum = (of: (part: ModelSpec['subColumns'][number]) => number) =>
    subColumns.reduce((all, part) => all + of(part), 0);
  const sizes = [
    subColumns.length,
    sum((part) => part.cardinality),
    sum((part) => part.hidden),
    Math.max(...subColumns.map((part) => part.cardinality)),
  ];
  return `${sizes.map(power).join('/')} ${threads ?? 'auto'}`;
}

export function tableShape(rowCount: number, batchSize: number): string {
  return `${power(rowCount)}/${batchSize}`;
}

function power(size: number): number {
  return Math.round(Math.log2(Math.max(1, size)));
}
