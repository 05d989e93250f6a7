import { Section } from '../../components/card';
import { HeatMap } from '../../components/charts/heat-map';
import { formatPercent } from '../../components/format';
import { ChartData, Table, type TableColumn, UserText } from '../../components/table';
import type { WholeReport } from '../../domain/reports';
import { accuracyMatrix, type ColumnScore, columnScores, worstFirst } from './accuracy-matrix';

/** Lines of the table behind the matrix. */
const MAX_PAIRS = 500;
/** More columns than this make cells too small to tell apart. */
const MAX_COLUMNS = 60;
/** The colours span at least this much below 100 %, and on as far as the scores reach. */
const SPAN = 0.2;
/** Names fit beside the map up to this many columns. */
const MAX_NAMES = 24;

const NUMBER = 'text-right whitespace-nowrap';
const COLUMNS: readonly TableColumn<ColumnScore>[] = [
  {
    title: 'Column',
    cell: ({ column }) => <UserText text={column} />,
    isHeader: true,
    className: 'max-w-40',
  },
  { title: 'Univariate', cell: ({ univariate }) => formatPercent(univariate), className: NUMBER },
  { title: 'Bivariate', cell: ({ bivariate }) => formatPercent(bivariate), className: NUMBER },
  { title: 'Trivariate', cell: ({ trivariate }) => formatPercent(trivariate), className: NUMBER },
];

/** Accuracy of every column and every pair. */
export function AccuracySection({ report }: { report: WholeReport }) {
  const scores = columnScores(report);
  if (scores.length === 0) return null;
  const columns = scores.slice(0, MAX_COLUMNS).map(({ column }) => column);
  const cells = accuracyMatrix(columns, report);
  const known = cells.filter((value) => !Number.isNaN(value));
  const lowest = Math.min(1 - SPAN, Math.floor(Math.min(1, ...known) * 10) / 10);
  return (
    <Section
      id="report-accuracy"
      title="Accuracy by column"
      about="100 % minus half the summed differences of shares: for each column alone, and on average with one or two others."
    >
      <div className="grid gap-6 items-start lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Table label="Accuracies" columns={COLUMNS} rows={scores} className="max-h-[32rem]" />
        <figure className="mx-auto w-full max-w-lg">
          <div className="flex gap-2">
            {columns.length <= MAX_NAMES && <Names columns={columns} />}
            <HeatMap
              label="Accuracy of every pair of columns; univariate on the diagonal"
              rows={columns.length}
              columns={columns.length}
              values={cells.map((value) => (Number.isNaN(value) ? 0 : (1 - value) / (1 - lowest)))}
              color="var(--difference)"
              titleOf={(row, column) => {
                const value = cells[row * columns.length + column] ?? Number.NaN;
                const pair = row === column ? columns[row] : `${columns[row]} × ${columns[column]}`;
                return `${pair}: ${Number.isNaN(value) ? 'not computed' : formatPercent(value)}`;
              }}
            />
          </div>
          <figcaption className="mt-2 text-xs text-ink-soft">
            Accuracy of pairs, in the order of the table; univariate on the diagonal. No colour is 100 %, full
            amber {formatPercent(lowest, 0)}.
            {scores.length > MAX_COLUMNS && ` The ${MAX_COLUMNS} most accurate columns are drawn.`}
          </figcaption>
          <ChartData
            label="the accuracy of pairs"
            columns={['Pair, worst first', 'Accuracy', 'Fresh rows']}
            rows={() =>
              worstFirst(report.bivariateScores)
                .slice(0, MAX_PAIRS)
                .map(({ column1, column2, accuracy, accuracyMax }) => [
                  `${column1} × ${column2}`,
                  formatPercent(accuracy),
                  formatPercent(accuracyMax),
                ])
            }
          />
        </figure>
      </div>
    </Section>
  );
}

/** The names of the rows, each as high as its cells. */
function Names({ columns }: { columns: readonly string[] }) {
  return (
    <div aria-hidden="true" className="flex w-24 shrink-0 flex-col text-right text-xs text-ink-soft">
      {columns.map((column) => (
        <span key={column} className="flex min-h-0 flex-1 items-center justify-end overflow-hidden">
          <UserText text={column} />
        </span>
      ))}
    </div>
  );
}
