/**
 * Which inputs a target keeps. First-layer weights grow with the square of the number of columns; if each target keeps
 * its most informative inputs alone, they grow linearly.
 */
import { TINY_ROWS } from '../../../../../src/domain/row-plan';
import { countIndependent } from '../network/independent-rows';
import type { ModelSpec } from '../network/network-backend';
import { type CodeTable, columnTies, type InputPause } from './column-ties';
import { significantPairs } from './significant-pairs';

/** How many sub-columns of other columns a target keeps; measured in `bench/quality-log.md` ("Inputs kept"). */
export interface InputLimit {
  /** Of all others, … */
  readonly share: number;
  /** … but at least and … */
  readonly min: number;
  /** … at most so many. */
  readonly max: number;
  /** Share of them that may be chance. Default 0.1. */
  readonly falseShare?: number;
}

/** Inputs beyond these mainly help to tell single rows apart, and cost memory in a wide table. */
export const INPUT_LIMIT: InputLimit = { share: 0.85, min: 10, max: 32 };

/** How fast the inputs kept grow with the rows of a tiny table: 41 % of a large table's at 300 rows, 22 % at 100. */
const TINY_GROWTH = 0.6;
/** Sub-columns that a target of a tiny table keeps at least. */
const TINY_MIN = 3;

/**
 * Inputs that a target keeps of a table of so many training rows. A combination of many columns tells one row of a tiny
 * table from all others. With fewer inputs a model learns longer before it memorises, and reaches more accuracy
 * (`bench/quality-log.md`, "Tiny tables with the privacy guard").
 * @param guarded the privacy guard is on; without it a tiny table is learned like a large one
 */
export function inputLimitOf(trainingRows: number, guarded: boolean): InputLimit {
  if (!guarded || trainingRows >= TINY_ROWS) return INPUT_LIMIT;
  const part = (trainingRows / TINY_ROWS) ** TINY_GROWTH;
  return {
    share: part * INPUT_LIMIT.share,
    min: Math.max(TINY_MIN, Math.round(part * INPUT_LIMIT.min)),
    max: Math.max(TINY_MIN, Math.round(part * INPUT_LIMIT.max)),
  };
}

/** Rows for each input without evidence that a target keeps all the same: pairs do not tell of joint effects. */
const ROWS_PER_EXTRA = 10_000;
/** Columns nearest before a target, cyclically, that make the first window; each further one reaches twice as far. */
const FIRST_WINDOW = 8;

/**
 * The model with a list of inputs per target, or the same model if every target keeps all. A target keeps the columns
 * that depend on its own by more than chance, of them those with the most information about it (docs/model.md, Inputs
 * kept). All sub-columns of a column keep the same columns, and also those before them in their own.
 * @param pause called every now and then
 */
export async function limitInputs(
  spec: ModelSpec,
  table: CodeTable,
  seed: number,
  pause: InputPause,
  { share, min, max, falseShare }: InputLimit = INPUT_LIMIT,
): Promise<ModelSpec> {
  const { subColumns: parts, columnCount } = spec;
  const kept = Math.min(max, Math.max(min, Math.round(share * (parts.length - 1))));
  const { information, chances } = await columnTies(spec, table, seed, pause);
  const significant = significantPairs(chances, columnCount, falseShare);
  const extra = Math.floor(countIndependent(table) / ROWS_PER_EXTRA);
  const membersOf: number[][] = Array.from({ length: columnCount }, () => []);
  parts.forEach(({ column }, j) => {
    membersOf[column]!.push(j);
  });
  const chosen = membersOf.map((_, column) => {
    const row = (pairs: Float64Array | Uint8Array) =>
      pairs.subarray(column * columnCount, (column + 1) * columnCount);
    const [isSignificant, ties] = [row(significant), row(information)];
    let without = 0;
    const ranked = rankColumns(ties, column).filter((other) => isSignificant[other] || ++without <= extra);
    const ordered = ranked.length > 2 * kept ? spreadOverOrders(ranked, column, columnCount, kept) : ranked;
    const inputs: number[] = [];
    for (const other of ordered) {
      if (inputs.length >= kept) break;
      inputs.push(...membersOf[other]!);
    }
    return inputs;
  });
  if (chosen.every((inputs, column) => inputs.length === parts.length - membersOf[column]!.length))
    return spec;
  const subColumns = parts.map((part, j) => {
    const before = membersOf[part.column]!.filter((i) => i < j);
    return { ...part, inputs: [...chosen[part.column]!, ...before].sort((a, b) => a - b) };
  });
  return { ...spec, subColumns };
}

/** Other columns, the most informative first, equal ones in table order. */
function rankColumns(ties: ArrayLike<number>, column: number): number[] {
  const others = Array.from({ length: ties.length }, (_, other) => other).filter((other) => other !== column);
  return others.sort((a, b) => ties[b]! - ties[a]! || a - b);
}

/**
 * Of far more columns than can be kept, the best of each window of columns before the target, in turn. A rotation of the
 * table's order begins anywhere, and a target near its beginning sees those just before it alone: with inputs all over
 * the table it would see next to none.
 */
function spreadOverOrders(
  ranked: readonly number[],
  column: number,
  columnCount: number,
  kept: number,
): number[] {
  const windows: number[][] = [];
  for (const other of ranked) {
    const distance = (column - other + columnCount) % columnCount;
    const window = Math.max(0, Math.ceil(Math.log2(distance / FIRST_WINDOW)));
    windows[window] ??= [];
    windows[window].push(other);
  }
  const spread: number[] = [];
  for (let k = 0; spread.length < kept; k++) {
    for (const window of windows) if (window?.[k] !== undefined) spread.push(window[k]!);
  }
  return spread;
}
