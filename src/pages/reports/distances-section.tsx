import { useMemo } from 'react';
import { Section } from '../../components/card';
import { ChartData } from '../../components/charts/chart-data';
import { CurveChart } from '../../components/charts/curve-chart';
import type { LineSeries } from '../../components/charts/line-chart';
import { formatCount, formatNumber, formatPercent } from '../../components/format';
import { ScrollArea } from '../../components/scroll-area';
import type { Report } from '../../domain/reports';
import { shareReference } from '../meanings';
import { distancePoints } from './distance-points';

/** How near synthetic rows come to original ones, against rows the model never saw. */
export function DistancesSection({ report }: { report: Report }) {
  const { distances: d } = report.metrics;
  const rows = [
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
  ];
  return (
    <Section
      id="report-distances"
      title="Distances"
      about={`The distance from each of ${formatCount(report.distanceRows)} rows to its closest record. If synthetic rows were nearer to the rows trained on than to rows never seen, single rows would show through.`}
    >
      <ScrollArea
        label="Distances as numbers"
        className="overflow-x-auto rounded-xl border border-line bg-card"
      >
        <table className="w-full min-w-xl text-right text-sm">
          <thead className="bg-sunken text-ink-soft">
            <tr>
              <th scope="col" className="px-4 py-2 text-left font-medium">
                Measure
              </th>
              <th scope="col" className="px-3 py-2 font-medium">
                Synthetic to training
              </th>
              <th scope="col" className="px-3 py-2 font-medium">
                Synthetic to holdout
              </th>
              <th scope="col" className="px-4 py-2 font-medium">
                Reference: training to holdout
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...values]) => (
              <tr key={name} className="border-t border-line/70">
                <th scope="row" className="px-4 py-2 text-left font-medium">
                  {name}
                </th>
                {values.map((value, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: three fixed cells
                  <td key={index} className="px-3 py-2 last:px-4 last:text-ink-soft">
                    {value}
                  </td>
                ))}
              </tr>
            ))}
            <tr className="border-t border-line/70">
              <th scope="row" className="px-4 py-2 text-left font-medium">
                DCR share
              </th>
              <td className="px-3 py-2">{formatPercent(d.dcrShare)}</td>
              <td colSpan={2} className="px-4 py-2 text-left text-ink-soft">
                of synthetic rows are nearer to a training row ({shareReference(report.metrics)})
              </td>
            </tr>
          </tbody>
        </table>
      </ScrollArea>
      {report.distances && <Curves distances={report.distances} />}
    </Section>
  );
}

const SERIES: readonly LineSeries[] = [
  { key: 'synTrn', name: 'Synthetic to training', color: 'var(--synthetic)' },
  { key: 'synHol', name: 'Synthetic to holdout', color: 'var(--original)' },
  { key: 'trnHol', name: 'Training to holdout', color: 'var(--original)', dashed: true },
];

function Curves({ distances }: { distances: NonNullable<Report['distances']> }) {
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
        formatY={(value) => formatPercent(value, 0)}
      />
      <p className="mt-2 text-sm text-ink-soft">
        The accent line above the solid grey one would mean that synthetic rows lie nearer to the rows trained
        on. Lines on top of each other are no sign of memorising.
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
