import { type KeyboardEvent, memo, useMemo, useState } from 'react';
import { Section } from '../../components/card';
import { formatPercent } from '../../components/format';
import { ShowMore } from '../../components/show-more';
import { Table, type TableColumn, UserText } from '../../components/table';
import { accuracyMatrix, type ColumnScore, columnScores } from '../../domain/column-scores';
import type { PairScore, WholeReport } from '../../domain/reports';
import { worstFirst } from '../../domain/worst-first';
import type { ChosenPair } from './bivariate-section';
import { ColumnSearch } from './column-search';
import { columnsAttribute } from './linked-columns';
import { MatrixChart } from './report-charts';
import { matches } from './univariate-section';

/** More columns than this make cells too small to tell apart. */
const MAX_COLUMNS = 60;

const NUMBER = 'text-right whitespace-nowrap';
const SORTS = {
  gap: ['Gap', ({ gap }: ColumnScore) => -gap],
  univariate: ['Univariate', ({ univariate }: ColumnScore) => univariate],
  bivariate: ['Bivariate', ({ bivariate }: ColumnScore) => bivariate ?? 1],
  trivariate: ['Trivariate', ({ trivariate }: ColumnScore) => trivariate ?? 1],
} as const;
type Sort = keyof typeof SORTS;

/** Accuracy of every column and every pair. @param props.onChoose shows the maps of a pair */
export function AccuracySection(props: {
  readonly report: WholeReport;
  readonly onChoose: (pair: ChosenPair) => void;
}) {
  const { report } = props;
  const [query, setQuery] = useState('');
  const [sort, setSort] = useState<Sort>('gap');
  // 300 columns have 44,850 pairs: they are put in order once.
  const scores = useMemo(() => columnScores(report), [report]);
  const allPairs = useMemo(() => worstFirst(report.bivariateScores), [report]);
  const worst = useMemo(() => scores.slice(0, MAX_COLUMNS).map(({ column }) => column), [scores]);
  const values = useMemo(() => accuracyMatrix(worst, report), [worst, report]);
  const pairs = useMemo(() => {
    const isFound = new Set(scores.map(({ column }) => column).filter((column) => matches(column, query)));
    return allPairs.filter(({ column1, column2 }) => isFound.has(column1) || isFound.has(column2));
  }, [allPairs, scores, query]);
  if (scores.length === 0) return null;
  const shown = scores
    .filter(({ column }) => matches(column, query))
    .toSorted((a, b) => SORTS[sort][1](a) - SORTS[sort][1](b));
  return (
    <Section
      id="report-accuracy"
      title="Accuracy by column"
      about="100 % minus half the summed differences of shares: for each column alone, and on average with one or two others. The gap is how far they lie below what fresh real rows reach, on average; the widest comes first."
    >
      <ColumnSearch query={query} onChange={setQuery} found={shown.length} all={scores.length} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Table
          label="Accuracies"
          columns={columnsOf(sort, setSort)}
          rows={shown}
          className="max-h-[36rem]"
          keyOf={({ column }) => column}
        />
        <Matrix
          columns={worst}
          values={values}
          left={scores.length - worst.length}
          onChoose={props.onChoose}
        />
      </div>
      {pairs.length > 0 && <PairTable pairs={pairs} query={query} onChoose={props.onChoose} />}
    </Section>
  );
}

function columnsOf(sort: Sort, onSort: (sort: Sort) => void): TableColumn<ColumnScore>[] {
  const sortable = (key: Sort, cell: (score: ColumnScore) => string): TableColumn<ColumnScore> => ({
    title: (
      <button type="button" onClick={() => onSort(key)} className="font-medium hover:text-ink">
        {SORTS[key][0]}
        {sort === key && <span aria-hidden="true"> ↑</span>}
      </button>
    ),
    sorted: sort === key ? 'ascending' : 'none',
    cell,
    className: NUMBER,
  });
  return [
    {
      title: 'Column',
      cell: ({ column }) => (
        <span {...columnsAttribute(column)} className="data-linked:text-focus data-linked:underline">
          <UserText text={column} />
        </span>
      ),
      isHeader: true,
      className: 'max-w-40',
    },
    sortable('gap', ({ gap }) => formatPercent(Math.max(0, gap))),
    sortable('univariate', ({ univariate }) => formatPercent(univariate)),
    sortable('bivariate', ({ bivariate }) => formatPercent(bivariate)),
    sortable('trivariate', ({ trivariate }) => formatPercent(trivariate)),
  ];
}

/** The matrix, of which a cell is chosen by a click, or by arrows and Enter. */
const Matrix = memo(function Matrix(props: {
  readonly columns: readonly string[];
  /** Row-major. */
  readonly values: readonly number[];
  /** Columns that are not drawn. */
  readonly left: number;
  readonly onChoose: (pair: ChosenPair) => void;
}) {
  const { columns, values } = props;
  const [cell, setCell] = useState<number | null>(null);
  const size = columns.length;
  const at = cell === null ? null : ([Math.floor(cell / size), cell % size] as const);
  const choose = (index: number) => {
    const [row, column] = [columns[Math.floor(index / size)]!, columns[index % size]!];
    if (row !== column) props.onChoose([row, column]);
  };
  const cellOf = (target: EventTarget) => {
    const index = target instanceof Element ? target.getAttribute('data-cell') : null;
    return index === null ? null : Number(index);
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -size, ArrowDown: size }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = cell === null ? 0 : cell + step;
      if (next >= 0 && next < size * size) setCell(next);
    } else if (event.key === 'Enter' && cell !== null) choose(cell);
  };
  return (
    <figure className="mx-auto w-full min-w-0">
      <section
        aria-label="Matrix of pairs: arrows move, Enter shows the pair"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows move in it; the table below has the same as buttons
        tabIndex={0}
        className="overflow-x-auto"
        onKeyDown={move}
        onPointerOver={(event) => setCell(cellOf(event.target))}
        onPointerLeave={() => setCell(null)}
        onClick={(event) => {
          const index = cellOf(event.target);
          if (index !== null) choose(index);
        }}
        {...(at && columnsAttribute(...new Set([columns[at[0]]!, columns[at[1]]!])))}
      >
        <div className="min-w-md cursor-pointer">
          <MatrixChart columns={columns} values={values} marked={at} />
        </div>
      </section>
      <figcaption className="mt-2 text-xs text-ink-soft" aria-live="polite">
        {at ? (
          <>
            <bdi>{columns[at[0]]}</bdi> {at[0] !== at[1] && <bdi>{`× ${columns[at[1]]}`}</bdi>}:{' '}
            {formatPercent(values[cell!] ?? null)}
            {at[0] !== at[1] && '. Click for its maps.'}
          </>
        ) : (
          <>
            Worst columns first; univariate on the diagonal. A click on a cell shows its pair.
            {props.left > 0 &&
              ` The ${columns.length} worst columns are drawn, ${props.left} better ones are not.`}
          </>
        )}
      </figcaption>
    </figure>
  );
});

/** All pairs, worst first, each with a way to its maps. */
const PairTable = memo(function PairTable(props: {
  readonly pairs: readonly PairScore[];
  readonly query: string;
  readonly onChoose: (pair: ChosenPair) => void;
}) {
  const columns: readonly TableColumn<PairScore>[] = [
    {
      title: 'Pair',
      cell: ({ column1, column2 }) => (
        <button
          type="button"
          onClick={() => props.onChoose([column1, column2])}
          className="flex max-w-full gap-1.5 text-left text-accent-strong underline-offset-2 hover:underline data-linked:underline"
          {...columnsAttribute(column1, column2)}
        >
          <UserText text={column1} /> × <UserText text={column2} />
        </button>
      ),
      isHeader: true,
    },
    { title: 'Accuracy', cell: ({ accuracy }) => formatPercent(accuracy), className: NUMBER },
    {
      title: 'Fresh real rows reach',
      cell: ({ accuracyMax }) => formatPercent(accuracyMax),
      className: `${NUMBER} text-ink-soft`,
    },
  ];
  return (
    <div className="mt-6">
      <h3 className="mb-2 font-medium">Pairs, worst first</h3>
      <ShowMore key={props.query} items={props.pairs} portion={10} noun="pairs">
        {(shown) => <Table label="Accuracy of pairs" columns={columns} rows={shown} className="" />}
      </ShowMore>
    </div>
  );
});
