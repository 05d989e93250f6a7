import { useMemo } from 'react';
import { Section } from '../../components/card';
import { formatCount, formatNumber, formatPercent } from '../../components/format';
import { ChartData, Table, type TableColumn } from '../../components/table';
import type { WholeReport } from '../../domain/reports';
import { DistanceCurves, distanceSeries } from './distance-curves';
import { distancePoints } from './distance-points';
import { type DistanceRow, distanceRows } from './distance-rows';

const COLUMNS: readonly TableColumn<DistanceRow>[] = [
  { title: 'Measure', cell: ([name]) => name, isHeader: true },
  { title: 'Synthetic to training', cell: ([, training]) => training, className: 'text-right' },
  { title: 'Synthetic to holdout', cell: ([, , holdout]) => holdout, className: 'text-right' },
  {
    title: 'Reference: training to holdout',
    cell: ([, , , reference]) => reference,
    className: 'text-right text-ink-soft',
  },
];

/** How near synthetic rows come to original ones, against rows the model never saw. */
export function DistancesSection({ report }: { report: WholeReport }) {
  if (report.distances === null) return null;
  const rows = distanceRows(report);
  return (
    <Section
      id="report-distances"
      title="Distances"
      about={`The distance from each of ${formatCount(report.distanceRows)} rows to its closest record. If synthetic rows were nearer to the rows trained on than to rows never seen, single rows would show through.`}
    >
      <Table
        label="Distances as numbers"
        columns={COLUMNS}
        rows={rows}
        className="*:min-w-xl"
        cellClass="py-2"
      />
      <Curves distances={report.distances} />
    </Section>
  );
}

function Curves({ distances }: { distances: NonNullable<WholeReport['distances']> }) {
  const points = useMemo(() => distancePoints(distances), [distances]);
  const series = distanceSeries(points);
  return (
    <div className="print-whole mt-4 rounded-xl border border-line bg-card p-4">
      <DistanceCurves points={points} series={series} />
      <p className="mt-2 text-sm text-ink-soft">
        The dark line above the solid grey one means that synthetic rows lie nearer to the rows trained on;
        whether by more than chance, the verdict on privacy says.
      </p>
      <ChartData
        label="the distance curves"
        columns={['Distance', ...series.map(({ name }) => name)]}
        rows={() =>
          points.map((point) => [
            formatNumber(point.distance),
            ...series.map(({ key }) => formatPercent(point[key] ?? null)),
          ])
        }
      />
    </div>
  );
}
