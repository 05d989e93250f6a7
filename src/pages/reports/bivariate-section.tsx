import { Section } from '../../components/card';
import { SERIES } from '../../components/charts/chart-frame';
import { HeatMap } from '../../components/charts/heat-map';
import { rowShares } from '../../components/charts/shape';
import { formatPercent } from '../../components/format';
import { ChartData, UserText } from '../../components/table';
import type { BivariateChart, WholeReport } from '../../domain/reports';
import { ChartCards } from './chart-cards';
import { WeakerPairsTable } from './weaker-pairs-table';

/** Pairs of columns as heat maps, the strongest dependence first. */
export function BivariateSection({ report }: { report: Pick<WholeReport, 'bivariate' | 'dependences'> }) {
  const charts = report.bivariate;
  if (charts.length === 0) return null;
  return (
    <Section
      id="report-bivariate"
      title="Bivariate distributions"
      about="Each row of a map adds up to 100 %: how the second column is spread given the first. The strongest dependence comes first."
    >
      <WeakerPairsTable dependences={report.dependences} />
      <ChartCards
        charts={charts}
        portion={6}
        noun="pairs"
        className="lg:grid-cols-2"
        titleOf={({ column1, column2 }) => (
          <>
            <UserText text={column1} /> × <UserText text={column2} />
          </>
        )}
      >
        {(chart) => <HeatMaps chart={chart} />}
      </ChartCards>
    </Section>
  );
}

function HeatMaps({ chart }: { chart: BivariateChart }) {
  const { column1, column2, labels1, labels2 } = chart;
  const columns = labels2.length;
  const original = rowShares(chart.original, columns);
  const synthetic = rowShares(chart.synthetic, columns);
  const difference = original.map((share, index) => Math.abs(share - (synthetic[index] ?? 0)));
  const titleOf = (row: number, column: number) => {
    const at = row * columns + column;
    return `${labels1[row]} × ${labels2[column]}: original ${formatPercent(original[at] ?? 0)}, synthetic ${formatPercent(synthetic[at] ?? 0)}`;
  };
  const panels = [
    [SERIES.original, original],
    [SERIES.synthetic, synthetic],
    [SERIES.difference, difference],
  ] as const;
  return (
    <>
      <div className="grid grid-cols-3 gap-3">
        {panels.map(([{ name, color }, values]) => (
          <figure key={name} className="min-w-0">
            <HeatMap
              label={`${name}: ${column1} by ${column2}`}
              rows={labels1.length}
              columns={columns}
              values={values}
              color={color}
              titleOf={titleOf}
            />
            <figcaption className="mt-1 text-center text-xs text-ink-soft">{name}</figcaption>
          </figure>
        ))}
      </div>
      <p className="mt-1 text-xs text-ink-soft">
        Down: <bdi>{column1}</bdi>. Across: <bdi>{column2}</bdi>.
      </p>
      <ChartData
        label={`${column1} by ${column2}`}
        columns={[`${column1} × ${column2}`, SERIES.original.name, SERIES.synthetic.name]}
        rows={() =>
          chart.original.map((share, index) => [
            `${labels1[Math.floor(index / columns)]} × ${labels2[index % columns]}`,
            formatPercent(share, 2),
            formatPercent(chart.synthetic[index] ?? 0, 2),
          ])
        }
      />
    </>
  );
}
