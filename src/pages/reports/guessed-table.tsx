import { Table } from '../../components/table';
import { knownInWords } from '../../domain/attacked-columns';
import { GUESSED_HEAD, guessedRows } from '../../domain/criteria-evidence';
import type { Report } from '../../domain/reports';

/** What is guessed of people, column by column; nothing where nothing was. */
export function GuessedTable({ report }: { report: Report }) {
  const criteria = report.privacyTests?.criteria;
  if (!criteria?.inference) return null;
  return (
    <details className="mt-4">
      <summary className="cursor-pointer text-sm font-medium">
        What can be guessed of a person, column by column
      </summary>
      <p className="mt-2 mb-2 max-w-prose text-sm text-ink-soft">
        Known: <bdi>{knownInWords(criteria.inference.attacked)}</bdi>. A guess is the value of the synthetic
        row nearest in these; a number is right if its tenth of the ranks is. Unseen people show what the
        population gives away of anybody.
      </p>
      <Table
        label="Guessed columns"
        columns={GUESSED_HEAD.map((title, c) => ({
          title,
          cell: (row: readonly string[]) => (c === 0 ? <bdi>{row[c]}</bdi> : row[c]),
          isHeader: c === 0,
        }))}
        rows={guessedRows(criteria)}
        asCards
      />
    </details>
  );
}
