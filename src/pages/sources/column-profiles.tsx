import { Histogram } from '../../components/charts/histogram';
import { formatCount, formatDate, formatNumber, formatPercent, UNKNOWN } from '../../components/format';
import { Table, type TableColumn, UserText } from '../../components/table';
import type { ColumnProfile } from '../../domain/columns';
import { unreadSentence } from '../../domain/evidence-words';

const COLUMNS: readonly TableColumn<ColumnProfile>[] = [
  {
    title: 'Column',
    cell: ({ name }) => <UserText text={name} />,
    isHeader: true,
    className: 'max-w-44',
  },
  { title: 'Type', cell: ({ storageType }) => storageType, className: 'text-ink-soft' },
  {
    title: 'Empty',
    cell: ({ rowCount, nullCount }) => (rowCount === 0 ? UNKNOWN : formatPercent(nullCount / rowCount)),
    className: 'text-right whitespace-nowrap',
  },
  { title: 'Distinct', cell: ({ distinctCount }) => formatCount(distinctCount), className: 'text-right' },
  {
    title: 'Shape',
    cell: ({ name, histogram }) =>
      histogram.length > 0 && (
        <Histogram label={`Histogram of ${name}`} counts={histogram.map(({ count }) => count)} />
      ),
  },
  {
    title: 'Values',
    cell: (column) => (
      <>
        <Values column={column} />
        <Unread column={column} />
      </>
    ),
    className: 'text-ink-soft',
  },
];

/** One line per column: what it holds, how full, how varied, what it looks like. */
export function ColumnProfiles({ columns }: { columns: readonly ColumnProfile[] }) {
  return (
    <Table
      label="Column profiles"
      columns={COLUMNS}
      rows={columns}
      className="max-h-[40rem] *:min-w-3xl"
      cellClass="py-2"
    />
  );
}

/** Texts among numbers or dates, which count as empty or make the column a text. */
function Unread({ column }: { column: ColumnProfile }) {
  const sentence = unreadSentence(column);
  return sentence !== null && <bdi className="mt-1 block max-w-prose break-words">{sentence}</bdi>;
}

/** A mean or median of days is a day, too. */
const SHOWN: Partial<Record<ColumnProfile['storageType'], (value: number | null) => string>> = {
  date: (value) => formatDate(value).split(' ')[0]!,
  datetime: formatDate,
};

function Values({ column }: { column: ColumnProfile }) {
  const { min, median, mean, max, storageType, topValues, rowCount } = column;
  if (min !== null) {
    const show = SHOWN[storageType] ?? formatNumber;
    return (
      <span className="flex flex-wrap gap-x-4">
        {Object.entries({ min, median, mean, max }).map(([name, value]) => (
          <span key={name} className="whitespace-nowrap">
            {name} <span className="text-ink">{show(value)}</span>
          </span>
        ))}
      </span>
    );
  }
  return (
    <span className="flex flex-wrap gap-x-4">
      {topValues.slice(0, 3).map(({ value, count }) => (
        <span key={value} className="inline-flex max-w-52 items-baseline gap-1.5">
          <UserText text={value} className="text-ink" />
          <span className="shrink-0">{formatPercent(count / Math.max(1, rowCount), 0)}</span>
        </span>
      ))}
    </span>
  );
}
