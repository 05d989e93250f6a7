import { logTail } from '../../../../../src/domain/chi-square';
import { RandomStream } from '../../../../../src/domain/random';
import { independentRows } from '../network/independent-rows';
import type { SubColumnFacts } from '../network/initialise';
import type { ModelSpec } from '../network/network-backend';
import { normalScores } from '../network/normal-scores';
import type { CodeTable, InputPause } from './column-ties';
import { type Groups, groupsOf, logChance } from './significance';
import { significantPairs } from './significant-pairs';

/** Sub-columns that a target keeps beside the factors, and a factor of what it sums up. */
const MAX_BESIDE = 16;
const MAX_OF_FACTOR = 128;
/** Rows looked at. */
const MAX_ROWS = 2000;

/**
 * Inputs of a table with factors: all factors, and of the columns those that depend on the target's beyond what the
 * factors say of both; without an order, those that depend on it at all. A factor keeps the columns that it follows most.
 * @param max sub-columns that a target keeps beside the factors, at most
 */
export async function inputsBesideFactors(
  spec: ModelSpec,
  table: CodeTable,
  seed: number,
  pause: InputPause,
  max = MAX_BESIDE,
): Promise<ModelSpec> {
  const { subColumns: parts, columnCount, factorCount = 0 } = spec;
  const own = columnCount - factorCount;
  const { chances, loadings } = await tiesBesideFactors(spec, table, seed, pause);
  const significant = significantPairs(chances, own);
  const membersOf: number[][] = Array.from({ length: columnCount }, () => []);
  parts.forEach(({ column }, j) => {
    membersOf[column]!.push(j);
  });
  const first = (columns: readonly number[], count: number, key: (column: number) => number) => {
    const chosen: number[] = [];
    for (const column of [...columns].sort((a, b) => key(a) - key(b) || a - b)) {
      if (chosen.length >= count) break;
      chosen.push(...membersOf[column]!);
    }
    return chosen;
  };
  const all = Array.from({ length: own }, (_, column) => column);
  const factors = membersOf.slice(own).flat();
  const beside = all.map((column) => {
    const others = all.filter((other) => significant[column * own + other]);
    return [
      ...first(others, Math.min(max, MAX_BESIDE), (other) => chances[column * own + other]!),
      ...factors,
    ];
  });
  const ofFactors = factors.map((factor, k) => {
    const loading = (column: number) =>
      Math.max(...membersOf[column]!.map((j) => Math.abs(loadings[j]![k]!)));
    const others = factors.filter((other) => other !== factor);
    return [...first(all, MAX_OF_FACTOR, (column) => -loading(column)), ...others];
  });
  const chosen = [...beside, ...ofFactors];
  const subColumns = parts.map((part, j) => {
    const before = membersOf[part.column]!.filter((i) => i < j);
    return { ...part, inputs: [...chosen[part.column]!, ...before].sort((a, b) => a - b) };
  });
  return { ...spec, subColumns };
}

interface TiesBesideFactors {
  /** [column][column] of the table's own: logarithm of the probability that they look as dependent by chance. */
  readonly chances: Float64Array;
  /** [sub-column][factor] correlation. */
  readonly loadings: readonly (readonly number[])[];
}

/** Partial correlations of normal scores given the factors; where codes have no order, the tests of `significance.ts`. */
async function tiesBesideFactors(
  { subColumns: parts, columnCount, factorCount = 0 }: ModelSpec,
  table: CodeTable,
  seed: number,
  pause: InputPause,
): Promise<TiesBesideFactors> {
  const { codes, facts } = table;
  const own = columnCount - factorCount;
  const stride = codes.length / parts.length;
  const codesOf = (j: number) => codes.subarray(j * stride, (j + 1) * stride);
  const stream = new RandomStream(seed, 'rows to choose inputs by');
  const rows = independentRows(table, MAX_ROWS, stream);
  const count = parts.length - factorCount;
  const valuesOf = (j: number) => standardised(codesOf(j), rows, facts[j]!);
  const factors = parts.slice(count).flatMap((_, k) => valuesOf(count + k) ?? []);
  const pairs = (count * (count - 1)) / 2;
  const loadings: number[][] = [];
  const left: (Float32Array | null)[] = [];
  for (let j = 0; j < count; j++) {
    const column = valuesOf(j);
    loadings.push(factors.map((factor) => (column ? product(column, factor) : 0)));
    left.push(column && residual(column, factors, loadings[j]!));
    if (j % 16 === 15) await pause(0, pairs);
  }
  const grouped: (Groups | undefined)[] = [];
  const groups = (j: number) => {
    grouped[j] ??= groupsOf(codesOf(j), rows, parts[j]!.cardinality, facts[j]!.ordinal);
    return grouped[j];
  };
  const chances = new Float64Array(own * own);
  for (let j = 0; j < count; j++) {
    const { column } = parts[j]!;
    for (let i = 0; i < j; i++) {
      const other = parts[i]!.column;
      if (other === column) continue;
      const chance =
        left[i] && left[j]
          ? logTail(rows.length * product(left[i]!, left[j]!) ** 2, 1)
          : logChance(groups(i), groups(j));
      const at = column * own + other;
      chances[at] = Math.min(chances[at]!, chance);
      chances[other * own + column] = chances[at]!;
    }
    await pause((j * (j + 1)) / 2, pairs);
  }
  return { chances, loadings };
}

function standardised(codes: Uint16Array, rows: Uint32Array, facts: SubColumnFacts): Float32Array | null {
  const scores = normalScores(facts);
  return scores && unit(Float32Array.from(rows, (row) => scores[codes[row]!]!));
}

/** What the factors leave of a column, standardised. */
function residual(
  column: Float32Array,
  factors: readonly Float32Array[],
  loadings: readonly number[],
): Float32Array {
  const left = column.slice();
  factors.forEach((factor, k) => {
    for (let r = 0; r < left.length; r++) left[r]! -= loadings[k]! * factor[r]!;
  });
  return unit(left);
}

/** With mean 0 and variance 1; zeros where it is constant. */
function unit(column: Float32Array): Float32Array {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
  return column.map((value) => (value - mean) / Math.sqrt(variance || 1));
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let r = 0; r < a.length; r++) sum += a[r]! * b[r]!;
  return sum / a.length;
}
