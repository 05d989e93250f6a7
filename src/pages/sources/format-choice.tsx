import { Card } from '../../components/card';
import { SelectField } from '../../components/field';
import { FoldedLine } from '../../components/folded-line';
import { formatCount } from '../../components/format';
import { Notice } from '../../components/notice';
import { TextTable } from '../../components/table';
import { formatSentences, tableWord } from '../../domain/format-words';
import type { CsvDialect, Source, TableChoice } from '../../domain/sources';
import { useReread } from './use-reread';

/** What a file was found to be, what was decided, and the other tables that it holds, to be read instead. */
export function FormatChoice({ source }: { source: Source }) {
  const { busy, error, readAs } = useReread(source);
  const { dialect, format } = source;
  if (!format) return null;
  const columns = source.tables[0]?.columns ?? [];
  const { tables, entries, parts } = format;
  // What was told of one table says nothing of another.
  const choose = (choice: Partial<CsvDialect>) => void readAs(choice);
  return (
    <Card>
      <ul className="space-y-1 text-sm">
        {formatSentences(source).map((sentence) => (
          <li key={sentence} className="break-words">
            <bdi>{sentence}</bdi>
          </li>
        ))}
      </ul>
      {(tables || entries) && (
        <fieldset disabled={busy} className="mt-4 grid gap-5 sm:grid-cols-2">
          <legend className="sr-only">Which table is read</legend>
          {entries && (dialect.entry !== undefined || dialect.union) && (
            <SelectField
              label="File in the archive"
              value={dialect.entry ?? ''}
              options={[
                { value: '', label: `All ${formatCount(entries.length)} files as one table` },
                ...optionsOf(entries),
              ]}
              onChange={(entry) => choose(entry === '' ? { union: dialect.union ?? 'tables' } : { entry })}
            />
          )}
          {tables && dialect.table !== undefined && (
            <SelectField
              label={tableWord(format)}
              value={dialect.table}
              options={optionsOf(tables)}
              onChange={(table) =>
                choose({
                  table,
                  ...(dialect.entry !== undefined && { entry: dialect.entry }),
                  ...(dialect.union && { union: dialect.union }),
                })
              }
            />
          )}
        </fieldset>
      )}
      {parts && (
        <FoldedLine title={`Rows of each of ${formatCount(parts.length)} files`}>
          <TextTable
            label="Files of the table"
            columns={['File', 'Rows', 'Rejected', 'Skipped', 'Columns it lacks']}
            rows={parts.map(({ name, rowCount, rejectedCount = 0, skippedCount = 0, absent = [] }) => [
              name,
              formatCount(rowCount),
              formatCount(rejectedCount),
              formatCount(skippedCount),
              absent.map((position) => columns[position]?.name ?? '').join(', '),
            ])}
          />
        </FoldedLine>
      )}
      {busy && (
        <p role="status" className="mt-3 text-sm text-ink-soft">
          Reading…
        </p>
      )}
      {error && (
        <Notice tone="error" className="mt-4">
          {error}
        </Notice>
      )}
    </Card>
  );
}

function optionsOf(choices: readonly TableChoice[]) {
  return choices.map(({ name, rowCount }) => ({
    value: name,
    label: rowCount === undefined ? name : `${name} (${formatCount(rowCount)})`,
  }));
}
