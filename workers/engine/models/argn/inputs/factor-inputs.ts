import { normalScores } from '../factors/normal-scores';
import type { SubColumnFacts } from '../network/initialise';
import type { ModelSpec } from '../network/network-backend';
import type { CodeTable, InputPause } from './column-ties';
import { groupsOf, logChance, logTail } from './significance';
import { significantPairs } from './significant-pairs';

/** Sub-columns that a target keeps beside the factors, and a factor of what it sums up. */
const MAX_BESIDE = 16;
const MAX_OF_FACTOR = 32;
/** Rows looked at. */
const MAX_ROWS = 2000;

/**
 * Inputs of a table with factors: all factors, and of the columns those that depend on the target's beyond what the
 * factors say of both (partial correlations of normal scores); without an order, those that depend on it at all. A
 * factor keeps the columns that it follows most.
 */
export async function inputsBesideFactors(
  spec: ModelSpec,
  table: CodeTable,
  pause: InputPause,
): Promise<ModelSpec> {
  const { subColumns: parts, columnCount, factorCount = 0 } = spec;
  const own = columnCount - factorCount;
  const stride = table.codes.length / parts.length;
  const codesOf = (j: number) => table.codes.subarray(j * stride, (j + 1) * stride);
  const rows = Uint32Array.from({ length: Math.min(table.trainingRows, MAX_ROWS) }, (_, r) => r);
  const values = parts.map((_, j) => standardised(codesOf(j), rows, table.facts[j]!));
  const factorAt = parts.findIndex(({ column }) => column >= own);
  const factors = values.slice(factorAt).flatMap((column) => (column ? [column] : []));
  const loadings = values.slice(0, factorAt).map((column) => factors.map((f) => (column ? product(column, f) : 0)));
  const left = values.slice(0, factorAt).map((column, j) => column && residual(column, factors, loadings[j]!));
  const groups = left.map((column, j) =>
    column ? null : groupsOf(codesOf(j), rows, parts[j]!.cardinality, table.facts[j]!.ordinal),
  );
  const grouped = (j: number) =>
    groups[j] ?? groupsOf(codesOf(j), rows, parts[j]!.cardinality, table.facts[j]!.ordinal);
  const chances = new Float64Array(own * own);
  const pairs = (factorAt * (factorAt - 1)) / 2;
  for (let j = 0; j < factorAt; j++) {
    const column = parts[j]!.column;
    let target = null;
    for (let i = 0; i < j; i++) {
      const other = parts[i]!.column;
      if (other === column) continue;
      let chance: number;
      if (left[i] && left[j]) {
        const r = product(left[i]!, left[j]!);
        chance = logTail(rows.length * r * r, 1);
      } else {
        target ??= grouped(j);
        chance = logChance(grouped(i), target);
      }
      const at = column * own + other;
      chances[at] = Math.min(chances[at]!, chance);
      chances[other * own + column] = chances[at]!;
    }
    await pause((j * (j + 1)) / 2, pairs);
  }
  const significant = significantPairs(chances, own);
  const membersOf: number[][] = Array.from({ length: columnCount }, () => []);
  parts.forEach(({ column }, j) => {
    membersOf[column]!.push(j);
  });
  const factorParts = Array.from({ length: factorCount }, (_, k) => factorAt + k);
  const best = (score: (column: number) => number, count: number, columns: number[]) => {
    const chosen: number[] = [];
    for (const column of columns.sort((a, b) => score(a) - score(b) || a - b)) {
      if (chosen.length >= count) break;
      chosen.push(...membersOf[column]!);
    }
    return chosen;
  };
  const all = Array.from({ length: own }, (_, column) => column);
  const chosen = all.map((column) => {
    const others = all.filter((other) => significant[column * own + other]);
    return [...best((other) => chances[column * own + other]!, MAX_BESIDE, others), ...factorParts];
  });
  for (const [k, part] of factorParts.entries()) {
    const strength = (column: number) => -Math.max(...membersOf[column]!.map((j) => Math.abs(loadings[j]![k]!)));
    chosen.push([...best(strength, MAX_OF_FACTOR, [...all]), ...factorParts.filter((other) => other !== part)]);
  }
  const subColumns = parts.map((part, j) => {
    const before = membersOf[part.column]!.filter((i) => i < j);
    return { ...part, inputs: [...chosen[part.column]!, ...before].sort((a, b) => a - b) };
  });
  return { ...spec, subColumns };
}

function standardised(codes: Uint16Array, rows: Uint32Array, facts: SubColumnFacts): Float32Array | null {
  const scores = normalScores(facts);
  return scores && unit(Float32Array.from(rows, (row) => scores[codes[row]!]!));
}

/** What the factors leave of a column, standardised; null where they leave nothing. */
function residual(
  column: Float32Array,
  factors: readonly Float32Array[],
  loadings: readonly number[],
): Float32Array | null {
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
