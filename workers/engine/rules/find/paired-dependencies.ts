import type { RuleOf } from '../../../../src/domain/rules';
import { NEARLY, neededViolations, overwhelming } from './evidence';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';

const MAX_VALUES = 60;
const MAX_COLUMNS = 60;
const MIN_REPEATS = 30;

/** Columns that two few-valued columns decide together, where neither does alone. */
export async function findPairedDependencies(
  columns: readonly SampledColumn[],
  decides: (from: SampledColumn, to: SampledColumn) => boolean,
  tied: (columns: readonly SampledColumn[]) => boolean,
  pacer: Pacer,
): Promise<RuleOf<'functional-dependency'>[]> {
  const few = columns
    .filter(({ cells, present }) => cells.length >= 2 && cells.length <= MAX_VALUES && present > 0)
    .slice(0, MAX_COLUMNS);
  const targets = columns
    .filter(({ cells, present }) => cells.length >= 2 && present - cells.length >= MIN_REPEATS)
    .slice(0, 2 * MAX_COLUMNS);
  const needed = neededViolations((few.length ** 2 / 2) * targets.length);
  const found: RuleOf<'functional-dependency'>[] = [];
  for (const [i, a] of few.entries()) {
    for (const b of few.slice(i + 1)) {
      if (decides(a, b) || decides(b, a)) continue;
      const joined = join(a, b);
      for (const to of targets) {
        if (to === a || to === b || decides(a, to) || decides(b, to)) continue;
        // What decides one of the two, and with it, is merely a finer key.
        if (decides(to, a) || decides(to, b)) continue;
        const cells = agreement(joined.codes, joined.count, to);
        if (!cells || tied([a, b, to])) continue;
        // What either column tells alone is no evidence for the two.
        const expected = Math.min(surplus(a, to), surplus(b, to));
        if (expected < needed || !overwhelming(cells.violations, expected)) continue;
        found.push({
          kind: 'functional-dependency',
          determinant: [a.name, b.name],
          dependent: to.name,
          oneToOne: false,
        });
      }
      if (pacer.due) await pacer.tick();
    }
  }
  return found;
}

function join(a: SampledColumn, b: SampledColumn): { codes: Int32Array; count: number } {
  const width = b.cells.length;
  const codes = a.codes.map((code, row) =>
    code < 0 || b.codes[row]! < 0 ? -1 : code * width + b.codes[row]!,
  );
  return { codes, count: a.cells.length * width };
}

/** Rows beyond the first of each combination, and those that differ from it; null as soon as too many do. */
function agreement(codes: Int32Array, count: number, to: SampledColumn): { violations: number } | null {
  const first = new Int32Array(count).fill(-1);
  let repeats = 0;
  let violations = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    const cell = to.codes[row]!;
    if (code < 0 || cell < 0) continue;
    if (first[code]! < 0) first[code] = cell;
    else {
      repeats++;
      if (first[code] !== cell && ++violations > NEARLY * repeats) return null;
    }
  }
  return repeats >= MIN_REPEATS ? { violations } : null;
}

/** Rows that differ from the most frequent value among rows with the same value of one column. */
function surplus(from: SampledColumn, to: SampledColumn): number {
  const width = to.cells.length;
  const counts = new Map<number, number>();
  const largest = new Int32Array(from.cells.length);
  let present = 0;
  for (let row = 0; row < from.codes.length; row++) {
    if (from.codes[row]! < 0 || to.codes[row]! < 0) continue;
    present++;
    const key = from.codes[row]! * width + to.codes[row]!;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > largest[from.codes[row]!]!) largest[from.codes[row]!] = count;
  }
  return largest.reduce((left, count) => left - count, present);
}
