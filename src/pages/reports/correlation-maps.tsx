import { CorrelationMap } from '../../components/charts/correlation-map';
import { SERIES } from '../../components/charts/series';
import type { Correlations } from '../../domain/likeness';

/** Columns that are drawn on the page; in a file, each cell takes some 200 bytes. */
const MAX_COLUMNS = 40;
export const MAX_COLUMNS_IN_FILE = 16;
/** Difference that has the full colour. */
const FULL_DIFFERENCE = 0.3;

export const CORRELATIONS_ABOUT =
  'φK of each two columns, in their bins: 0 is independent, 1 is determined. Columns in which original and synthetic differ more come first.';

/** Correlations of the original, of the synthetic rows, and how they differ. @param props.max columns that are drawn */
export function CorrelationMaps(props: { readonly correlations: Correlations; readonly max?: number }) {
  const { correlations, max = MAX_COLUMNS } = props;
  const { columns, original, synthetic, difference, left } = drawnCorrelations(correlations, max);
  return (
    <>
      <div className="maps grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {(
          [
            ['original', original, 1],
            ['synthetic', synthetic, 1],
            ['difference', difference, FULL_DIFFERENCE],
          ] as const
        ).map(([series, values, full]) => (
          <figure key={series} className="card print-whole min-w-0 rounded-xl border border-line bg-card p-4">
            <figcaption className="mb-2 text-sm font-medium">{SERIES[series].name}</figcaption>
            <CorrelationMap
              label={`Correlations of columns, ${series}`}
              color={SERIES[series].color}
              {...{ columns, values, full }}
            />
          </figure>
        ))}
      </div>
      {left > 0 && (
        <p className="soft mt-2 text-sm text-ink-soft">{`${columns.length} columns are drawn, ${left} that differ less are not; the JSON file has all.`}</p>
      )}
    </>
  );
}

/** Columns with the largest differences first, at most as many as can be told apart. */
function drawnCorrelations({ columns, original, synthetic }: Correlations, max: number) {
  const size = columns.length;
  const gap = (cell: number) => Math.abs((original[cell] ?? 0) - (synthetic[cell] ?? 0));
  const gaps = columns.map((_, a) => columns.reduce((sum, _, b) => sum + gap(a * size + b), 0));
  const order = [...columns.keys()].sort((a, b) => gaps[b]! - gaps[a]!).slice(0, max);
  const cells = order.flatMap((a) => order.map((b) => a * size + b));
  return {
    columns: order.map((c) => columns[c]!),
    original: cells.map((cell) => original[cell]!),
    synthetic: cells.map((cell) => synthetic[cell]!),
    difference: cells.map(gap),
    left: size - order.length,
  };
}
