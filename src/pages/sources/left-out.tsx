import type { ReactNode } from 'react';
import { FoldedLine } from '../../components/folded-line';
import { formatCount, formatPlural, UNKNOWN } from '../../components/format';
import { TextTable } from '../../components/table';
import type { SourceTable } from '../../domain/sources';

/** The lines of a file that are not among the rows, where they stand and why: rejected rows, and what is none. */
export function LeftOut({ table }: { table: SourceTable }) {
  const { rejected, rejectedCount, skipped = [], skippedCount = 0, mended = [], mendedCount = 0 } = table;
  return (
    <div data-reading="rows">
      {rejectedCount > 0 && (
        <Lines
          isProblem
          title={`${formatPlural(rejectedCount, 'row')} could not be read and ${rejectedCount === 1 ? 'is' : 'are'} left out`}
          more={rejectedCount > rejected.length ? rejected.length : null}
        >
          <TextTable
            label="Rejected rows"
            columns={['Line', 'Column', 'Reason', 'Text']}
            rows={rejected.map((row) => [formatCount(row.line), row.column ?? UNKNOWN, row.reason, row.text])}
          />
        </Lines>
      )}
      {skippedCount > 0 && (
        <Lines
          title={`${formatPlural(skippedCount, 'line')} ${skippedCount === 1 ? 'is no row' : 'are no rows'}: titles, comments and the like`}
          more={skippedCount > skipped.length ? skipped.length : null}
        >
          <TextTable
            label="Skipped lines"
            columns={['Line', 'Read as', 'Text']}
            rows={[...skipped]
              .sort((a, b) => a.line - b.line)
              .map((row) => [formatCount(row.line), row.reason, row.text])}
          />
        </Lines>
      )}
      {mendedCount > 0 && (
        <Lines
          title={`${formatPlural(mendedCount, 'row')} ${mendedCount === 1 ? 'was' : 'were'} read although something is wrong`}
          more={mendedCount > mended.length ? mended.length : null}
        >
          <TextTable
            label="Mended rows"
            columns={['Line', 'What is wrong', 'Text']}
            rows={mended.map((row) => [formatCount(row.line), row.reason, row.text])}
          />
        </Lines>
      )}
    </div>
  );
}

function Lines(props: {
  readonly title: string;
  /** Values may be missing. */
  readonly isProblem?: boolean;
  /** How many are shown, where not all are. */
  readonly more: number | null;
  readonly children: ReactNode;
}) {
  return (
    <FoldedLine title={props.title} isProblem={props.isProblem ?? false}>
      {props.children}
      {props.more !== null && (
        <p className="mt-2 text-ink-soft">The first {formatCount(props.more)} are shown.</p>
      )}
    </FoldedLine>
  );
}
