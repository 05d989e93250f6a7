import { CurveChart } from '../../components/charts/curve-chart';
import type { LineSeries } from '../../components/charts/line-chart';
import { formatNumber } from '../../components/format';
import type { DistancePoint } from './distance-points';

const SERIES: readonly LineSeries[] = [
  { key: 'synTrn', name: 'Synthetic to training', color: 'var(--synthetic)' },
  { key: 'synHol', name: 'Synthetic to holdout', color: 'var(--original)' },
  { key: 'trnHol', name: 'Training to holdout', color: 'var(--original)', dashed: true },
];

/** The curves that a report has. */
export function distanceSeries(points: readonly DistancePoint[]): readonly LineSeries[] {
  return SERIES.filter(({ key }) => points[0]?.[key] !== null);
}

/** Distances to the closest record, on the page and in files. */
export function DistanceCurves(props: {
  readonly points: readonly DistancePoint[];
  readonly series: readonly LineSeries[];
}) {
  return (
    <CurveChart
      label="Cumulative share of rows by distance to the closest record"
      {...props}
      x="distance"
      xLabel="Distance"
      formatX={(value) => formatNumber(Number(value.toPrecision(3)))}
    />
  );
}
