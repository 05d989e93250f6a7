import { useState } from 'react';
import { ScrollArea } from '../scroll-area';

/** The table behind a chart. It exists only while it is open: a report has hundreds. */
export function ChartData(props: {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: () => readonly (readonly string[])[];
}) {
  const [open, setOpen] = useState(false);
  return (
    <details className="no-print mt-2 text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="text-ink-soft">
        Table<span className="sr-only"> of {props.label}</span>
      </summary>
      {open && (
        <ScrollArea label={`Numbers of ${props.label}`} className="mt-2 max-h-72 overflow-auto">
          <table className="w-full text-left">
            <thead className="sticky top-0 bg-card text-ink-soft">
              <tr>
                {props.columns.map((column, index) => (
                  <th
                    key={column}
                    scope="col"
                    className={`px-2 py-1 font-medium ${index > 0 ? 'text-right' : ''}`}
                  >
                    <bdi>{column}</bdi>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {props.rows().map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
                <tr key={index} className="border-t border-line/60">
                  {row.map((cell, column) => (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: as above
                      key={column}
                      className={`max-w-48 truncate px-2 py-1 ${column > 0 ? 'text-right' : ''}`}
                      title={cell}
                    >
                      <bdi>{cell}</bdi>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </details>
  );
}
