import { useMemo } from 'react';
import { Section } from '../../components/card';
import { CurveChart } from '../../components/charts/curve-chart';
import type { LineSeries } from '../../components/charts/line-chart';
import { formatCount, formatNumber, formatPercent } from '../../components/format';
import { ChartData, Table, type TableColumn } from '../../components/table';
import { evidenceOf } from '../../domain/privacy-evidence';
import type { WholeReport } from '../../domain/reports';
import { distancePoints } from './distance-points';

type Row = readonly [name: string, training: string, holdout: string, reference: string];

const COLUMNS: readonly TableColumn<Row>[] = [
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
  const { distances: d } = report.metrics;
  const rows: readonly Row[] = [
    [
      'Identical matches',
      formatPercent(d.imsTraining),
      formatPercent(d.imsHoldout),
      formatPercent(d.imsTrnHol),
    ],
    [
      'Mean distance to the closest record',
      formatNumber(d.dcrTraining),
      formatNumber(d.dcrHoldout),
      formatNumber(d.dcrTrnHol),
    ],
    [
      'DCR share: nearer to a training row',
      evidenceOf(report).find(({ id }) => id === 'dcr-share')!.figure,
      '',
      'chance: 50 %',
    ],
  ];
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

const SERIES: readonly LineSeries[] = [
  { key: 'synTrn', name: 'Synthetic to training', color: 'var(--synthetic)' },
  { key: 'synHol', name: 'Synthetic to holdout', color: 'var(--original)' },
  { key: 'trnHol', name: 'Training to holdout', color: 'var(--original)', dashed: true },
];

function Curves({ distances }: { distances: NonNullable<WholeReport['distances']> }) {
  const points = useMemo(() => distancePoints(distances), [distances]);
  const series = SERIES.filter(({ key }) => points[0]?.[key] !== null);
  return (
    <div className="print-whole mt-4 rounded-xl border border-line bg-card p-4">
      <CurveChart
        label="Cumulative share of rows by distance to the closest record"
        points={points}
        x="distance"
        xLabel="Distance"
        series={series}
        formatX={(value) => formatNumber(Number(value.toPrecision(3)))}
      />
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
