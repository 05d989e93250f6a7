import { formatCount, formatPlural } from '../../components/format';
import { TextTable } from '../../components/table';
import type { SourceTable } from '../../domain/sources';

/** The rows that could not be read, where they stand and why. */
export function RejectedRows({ table }: { table: SourceTable }) {
  return (
    <details className="mt-5 rounded-xl border border-difference/40 bg-difference-soft p-4 text-sm">
      <summary className="font-medium">
        {formatPlural(table.rejectedCount, 'row')} could not be read and{' '}
        {table.rejectedCount === 1 ? 'is' : 'are'} left out
      </summary>
      <div className="mt-3">
        <TextTable
          label="Rejected rows"
          columns={['Line', 'Column', 'Reason', 'Text']}
          rows={table.rejected.map((row) => [formatCount(row.line), row.column ?? '–', row.reason, row.text])}
        />
        {table.rejectedCount > table.rejected.length && (
          <p className="mt-2 text-ink-soft">The first {formatCount(table.rejected.length)} are shown.</p>
        )}
      </div>
    </details>
  );
}
