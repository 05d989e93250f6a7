import type { RuleOf } from '../../../../src/domain/rules';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';

type Extreme = RuleOf<'extreme'>;
type End = Extreme['end'];

const ENDS: readonly End[] = ['largest', 'smallest'];
const MAX_COLUMNS = 6;
/** Different values of a target: of fewer, columns are equal by chance. */
const MIN_VALUES = 20;
/** Rows, and values in them, that one column alone gives, and in which another row's value would not do. */
const MIN_ROWS = 30;
const MIN_OWN_VALUES = 15;

/**
 * Numbers or dates that are the largest or the smallest of two to six columns in every row. Each of these has to be the
 * extreme alone in some rows.
 * @param isKnown whether a rule ties the columns already: the larger of two amounts of which one is 0 is their sum
 */
export async function findExtremes(
  columns: readonly SampledColumn[],
  isKnown: (names: readonly string[]) => boolean,
  pacer: Pacer,
): Promise<Extreme[]> {
  const found: Extreme[] = [];
  const numeric = columns.filter(({ numbers }) => numbers);
  for (const end of ENDS) {
    for (const target of numeric.filter(({ cells }) => cells.length >= MIN_VALUES)) {
      const rule = extremeOf(target, numeric, end);
      await pacer.tick();
      if (!rule || isKnown([rule.target, ...rule.columns])) continue;
      // Of equal columns, one is listed: the other is known to be equal.
      const isSaid = found.some(
        (other) => other.end === end && other.columns.every((name) => rule.columns.includes(name)),
      );
      if (!isSaid) found.push(rule);
    }
  }
  return found;
}

function extremeOf(target: SampledColumn, columns: readonly SampledColumn[], end: End): Extreme | null {
  const y = target.numbers!;
  const parts = columns.filter((column) => column !== target && mayBePart(column, target, end));
  let open = Array.from(y.keys()).filter((row) => !Number.isNaN(y[row]!));
  const chosen: SampledColumn[] = [];
  while (open.length > 0) {
    const [best, rows] = equalInManyRows(parts, y, open);
    if (!best || rows < MIN_ROWS || chosen.length === MAX_COLUMNS) return null;
    chosen.push(best);
    open = open.filter((row) => best.numbers![row] !== y[row] && !Number.isNaN(best.numbers![row]!));
  }
  if (chosen.length < 2 || !chosen.every((column) => isNeeded(column, chosen, y))) return null;
  return {
    kind: 'extreme',
    target: target.name,
    columns: chosen.sort((a, b) => a.at - b.at).map(({ name }) => name),
    end,
  };
}

/** Whether no row of a column lies beyond the target, and some do and some do not equal it. */
function mayBePart(column: SampledColumn, target: SampledColumn, end: End): boolean {
  if (column.type !== target.type) return false;
  if (column.type === 'date' && column.source.storageType !== target.source.storageType) return false;
  const [x, y] = [column.numbers!, target.numbers!];
  let [equal, apart] = [0, 0];
  for (let row = 0; row < y.length; row++) {
    if (x[row] === y[row]) equal++;
    else if (end === 'largest' ? x[row]! > y[row]! : x[row]! < y[row]!) return false;
    else if (!Number.isNaN(x[row]! + y[row]!)) apart++;
  }
  return equal >= MIN_ROWS && apart >= MIN_ROWS;
}

function equalInManyRows(
  parts: readonly SampledColumn[],
  y: Float64Array,
  rows: readonly number[],
): readonly [SampledColumn | null, number] {
  let best: SampledColumn | null = null;
  let highest = 0;
  for (const column of parts) {
    const count = rows.reduce((sum, row) => sum + Number(column.numbers![row] === y[row]), 0);
    if (count > highest) [best, highest] = [column, count];
  }
  return [best, highest];
}

/** Whether rows have the target's value in this column alone, various ones that are no matter of chance. */
function isNeeded(column: SampledColumn, chosen: readonly SampledColumn[], y: Float64Array): boolean {
  const x = column.numbers!;
  const own = Array.from(y.keys()).filter(
    (row) => x[row] === y[row] && chosen.every((other) => other === column || other.numbers![row] !== y[row]),
  );
  const surprising = own.filter((row, k) => x[own[(k + 1) % own.length]!] !== y[row]);
  return surprising.length >= MIN_ROWS && new Set(own.map((row) => y[row]!)).size >= MIN_OWN_VALUES;
}
