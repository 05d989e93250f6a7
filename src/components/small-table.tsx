import { memo } from 'react';
import { ScrollArea } from './scroll-area';

/** A few rows of text, all in the page: previews of a dialect, sample rows, rejected rows. */
export const SmallTable = memo(function SmallTable(props: {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Names under which numbers stand. */
  readonly numeric?: ReadonlySet<string>;
}) {
  const align = props.columns.map((column) => (props.numeric?.has(column) ? 'text-right tabular-nums' : ''));
  return (
    <ScrollArea label={props.label} className="max-h-96 overflow-auto rounded-xl border border-line bg-card">
      <table className="min-w-full border-collapse text-left text-sm">
        <thead className="sticky top-0 bg-sunken">
          <tr>
            {props.columns.map((column, index) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, their order does not change
                key={index}
                scope="col"
                title={column}
                className={`max-w-48 truncate px-3 py-2 font-medium ${align[index]}`}
              >
                <bdi>{column}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
            <tr key={index} className="border-t border-line/60">
              {row.map((cell, column) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  key={column}
                  title={cell ?? undefined}
                  className={`max-w-48 truncate px-3 py-1.5 ${align[column] ?? ''}`}
                >
                  {cell === null ? <i className="text-ink-soft">empty</i> : <bdi>{cell}</bdi>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
});
