import { Histogram } from '../../components/charts/histogram';
import { formatCount, formatDate, formatNumber, formatPercent } from '../../components/format';
import { ScrollArea } from '../../components/scroll-area';
import { UserText } from '../../components/user-text';
import type { ColumnProfile } from '../../domain/columns';

/** One line per column: what it holds, how full, how varied, what it looks like. */
export function ColumnProfiles({ columns }: { columns: readonly ColumnProfile[] }) {
  return (
    <ScrollArea
      label="Column profiles"
      className="max-h-[40rem] overflow-auto rounded-xl border border-line bg-card"
    >
      <table className="w-full min-w-3xl border-collapse text-left text-sm">
        <thead className="sticky top-0 z-10 bg-sunken text-ink-soft">
          <tr>
            <th scope="col" className="px-4 py-2 font-medium">
              Column
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              Type
            </th>
            <th scope="col" className="px-3 py-2 text-right font-medium">
              Empty
            </th>
            <th scope="col" className="px-3 py-2 text-right font-medium">
              Distinct
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              Shape
            </th>
            <th scope="col" className="px-4 py-2 font-medium">
              Values
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.index} className="border-t border-line/70">
              <th scope="row" className="max-w-44 px-4 py-2 font-medium">
                <UserText text={column.name} />
              </th>
              <td className="px-3 py-2 text-ink-soft">{column.storageType}</td>
              <td className="px-3 py-2 text-right">
                {column.rowCount === 0 ? '–' : formatPercent(column.nullCount / column.rowCount)}
              </td>
              <td className="px-3 py-2 text-right">{formatCount(column.distinctCount)}</td>
              <td className="px-3 py-2">
                {column.histogram.length > 0 && (
                  <Histogram
                    label={`Histogram of ${column.name}`}
                    counts={column.histogram.map(({ count }) => count)}
                  />
                )}
              </td>
              <td className="px-4 py-2 text-ink-soft">
                <Values column={column} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function Values({ column }: { column: ColumnProfile }) {
  if (column.min !== null) {
    const show = column.storageType.startsWith('date') ? formatDate : formatNumber;
    const facts = [
      ['min', column.min],
      ['median', column.median],
      ['mean', column.mean],
      ['max', column.max],
    ] as const;
    return (
      <span className="flex flex-wrap gap-x-4">
        {facts.map(([name, value]) => (
          <span key={name} className="whitespace-nowrap">
            {name} <span className="text-ink">{show(value)}</span>
          </span>
        ))}
      </span>
    );
  }
  return (
    <span className="flex flex-wrap gap-x-4">
      {column.topValues.slice(0, 3).map(({ value, count }) => (
        <span key={value} className="inline-flex max-w-52 items-baseline gap-1.5">
          <UserText text={value} className="text-ink" />
          <span className="shrink-0">{formatPercent(count / Math.max(1, column.rowCount), 0)}</span>
        </span>
      ))}
    </span>
  );
}
