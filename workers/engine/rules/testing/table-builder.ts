import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import type { RuleColumn } from '../../../rules/rule-column';

export const DAY = 86_400_000;

/** A table under construction: what holds in it comes from the structure's draws, the rows from others. */
export class TableBuilder {
  readonly columns: RuleColumn[] = [];
  readonly planted: Rule[] = [];
  readonly rows: number;
  /** Decides tables of values, shapes and names. */
  readonly structure: RandomStream;
  /** Decides values of rows. */
  readonly values: RandomStream;
  /** Share of cells that are missing at random in columns that may be. */
  readonly missingShare: number;

  constructor(rows: number, seed: number, rowSeed: number) {
    this.rows = rows;
    this.structure = new RandomStream(seed, 'structure');
    this.values = new RandomStream(rowSeed, 'values');
    this.missingShare = this.structure.uniform() < 0.3 ? 0.04 : 0;
  }

  name(word: string): string {
    return `${word}${this.columns.length}`;
  }

  /** Adds a column of numbers, integers or rounded to decimals; NaN = missing. */
  numbers(word: string, cells: ArrayLike<number>, type?: 'integer' | 'float' | 'date' | 'datetime'): string {
    const name = this.name(word);
    const values = Float64Array.from(cells, (cell) => (Number.isNaN(cell) ? 0 : cell));
    const nulls = Uint8Array.from(cells, (cell) => (Number.isNaN(cell) ? 1 : 0));
    const storageType = type ?? (values.every(Number.isInteger) ? 'integer' : 'float');
    this.columns.push({
      name,
      storageType,
      data: { kind: 'number', values, nulls: nulls.includes(1) ? nulls : null },
    });
    return name;
  }

  /** Adds a column of texts; null = missing. */
  texts(word: string, cells: readonly (string | null)[], storageType: 'text' | 'boolean' = 'text'): string {
    const name = this.name(word);
    const dictionary: string[] = [];
    const known = new Map<string, number>();
    const codes = Int32Array.from(cells, (cell) => {
      if (cell === null) return -1;
      const code = known.get(cell) ?? dictionary.push(cell) - 1;
      known.set(cell, code);
      return code;
    });
    this.columns.push({ name, storageType, data: { kind: 'text', codes, dictionary } });
    return name;
  }

  /** One value per row. */
  each<T>(make: (row: number) => T): T[] {
    return Array.from({ length: this.rows }, (_, row) => make(row));
  }

  /** The same, now and then missing. */
  sparse(cells: readonly number[]): number[] {
    if (this.missingShare === 0) return [...cells];
    return cells.map((cell) => (this.values.uniform() < this.missingShare ? Number.NaN : cell));
  }

  between(low: number, high: number): number {
    return low + this.structure.below(high - low + 1);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.structure.below(items.length)]!;
  }

  /** Shares of `count` values, uneven. */
  shares(count: number): number[] {
    const weights = Array.from({ length: count }, () => 0.15 + this.structure.uniform());
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return weights.map((weight) => weight / sum);
  }

  /** An index by shares. */
  draw(shares: readonly number[]): number {
    let left = this.values.uniform();
    for (const [i, share] of shares.entries()) {
      left -= share;
      if (left < 0) return i;
    }
    return shares.length - 1;
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.values.uniform());
  }
}

export function round(value: number, decimals: number, mode: 'nearest' | 'down' | 'up' = 'nearest'): number {
  const scaled = Number((value * 10 ** decimals).toFixed(6));
  const units =
    mode === 'nearest' ? Math.round(scaled) : mode === 'down' ? Math.floor(scaled) : Math.ceil(scaled);
  return Number((units / 10 ** decimals).toFixed(decimals));
}

/** Adds related columns and says which rules hold between them. */
export type Block = (t: TableBuilder) => void;
