import type { ReactNode } from 'react';
import { FoldedLine } from '../../components/folded-line';
import { formatCount, formatPlural, UNKNOWN } from '../../components/format';
import { Table, type TableColumn, UserText } from '../../components/table';
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
          <LineTable label="Rejected rows" reason="Reason" lines={rejected} />
        </Lines>
      )}
      {skippedCount > 0 && (
        <Lines
          title={`${formatPlural(skippedCount, 'line')} ${skippedCount === 1 ? 'is no row' : 'are no rows'}: titles, comments and the like`}
          more={skippedCount > skipped.length ? skipped.length : null}
        >
          <LineTable
            label="Skipped lines"
            reason="Read as"
            lines={skipped.toSorted((a, b) => (a.file === b.file ? a.line - b.line : 0))}
          />
        </Lines>
      )}
      {mendedCount > 0 && (
        <Lines
          title={`${formatPlural(mendedCount, 'row')} ${mendedCount === 1 ? 'was' : 'were'} read although something is wrong`}
          more={mendedCount > mended.length ? mended.length : null}
        >
          <LineTable label="Mended rows" reason="What is wrong" lines={mended} />
        </Lines>
      )}
    </div>
  );
}

interface Line {
  readonly line: number;
  /** Of several files that are one table. */
  readonly file?: string;
  readonly column?: string | null;
  readonly reason: string;
  readonly text: string;
}

/** Lines of the file, each with its number and what is said of it; the column where one is to blame. */
function LineTable(props: {
  readonly label: string;
  /** Head of what is said. */
  readonly reason: string;
  readonly lines: readonly Line[];
}) {
  const columns: TableColumn<Line>[] = [
    {
      title: 'Line',
      isHeader: true,
      cell: ({ line, file }) => (
        <>
          {file !== undefined && <UserText text={`${file}: `} />}
          <span className="sm:hidden">Line </span>
          {formatCount(line)}
        </>
      ),
      className: 'min-w-20 tabular-nums',
    },
    { title: props.reason, cell: ({ reason }) => reason, className: 'sm:w-72' },
    {
      title: 'Text',
      cell: ({ text }) => <UserText text={text} />,
      className: 'sm:max-w-96',
    },
  ];
  if (props.lines.some(({ column }) => column)) {
    columns.splice(1, 0, {
      title: 'Column',
      cell: ({ column }) => (column ? <UserText text={column} /> : UNKNOWN),
      className: 'sm:max-w-48',
    });
  }
  return <Table label={props.label} columns={columns} rows={props.lines} asCards />;
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
