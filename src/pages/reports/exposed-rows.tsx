import { Table } from '../../components/table';
import type { ExposedRow } from '../../domain/model-audit';
import { EXPOSED_ABOUT, EXPOSED_HEAD, exposedTexts } from '../../domain/model-evidence';
import type { Report } from '../../domain/reports';

/** Rows of the source that stand out in the model, by position; nothing where it was not audited. */
export function ExposedRows({ report }: { report: Report }) {
  const rows = report.exposedRows ?? [];
  if (rows.length === 0) return null;
  return (
    <details className="mt-4">
      <summary className="cursor-pointer text-sm font-medium">
        {`The ${rows.length} rows that stand out most in the model`}
      </summary>
      <p className="mt-2 mb-2 max-w-prose text-sm text-ink-soft">{EXPOSED_ABOUT}</p>
      <Table<ExposedRow>
        label="Rows that stand out in the model"
        columns={EXPOSED_HEAD.map((title, c) => ({
          title,
          cell: (row: ExposedRow) => <bdi>{exposedTexts(row)[c]}</bdi>,
          isHeader: c === 0,
        }))}
        rows={rows}
        asCards
      />
    </details>
  );
}
