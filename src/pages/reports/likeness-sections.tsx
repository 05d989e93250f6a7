import { useState } from 'react';
import { Section } from '../../components/card';
import { ShowMore } from '../../components/show-more';
import { Table, type TableColumn, UserText } from '../../components/table';
import type { WholeReport } from '../../domain/reports';
import { CORRELATIONS_ABOUT, CorrelationMaps } from './correlation-maps';
import { type LikenessPart, type LikenessTable, likenessParts } from './likeness-tables';
import { PCA_ABOUT, PcaMaps } from './pca-maps';
import { PredictOther } from './predict-other';

const PORTION = 12;
const IMPORTANCE = 'What ';

/** Usefulness, similarity, SDMetrics, correlations, columns side by side, empty cells and repeated rows. */
export function LikenessSections({ report }: { readonly report: WholeReport }) {
  const correlations = report.likeness?.correlations;
  return (
    <>
      {likenessParts(report).map((part) => (
        <Section key={part.id} id={`report-${part.id}`} title={part.title} about={part.about}>
          {part.id === 'usefulness' ? (
            <>
              <UsefulnessTables part={part} />
              {!report.evaluated && <PredictOther report={report} />}
            </>
          ) : (
            part.tables.map((table) => <OneTable key={table.label} table={table} />)
          )}
        </Section>
      ))}
      {report.likeness?.pca && (
        <Section id="report-pca" title="Principal components" about={PCA_ABOUT}>
          <PcaMaps pca={report.likeness.pca} />
        </Section>
      )}
      {correlations && correlations.columns.length > 1 && (
        <Section id="report-correlations" title="Correlations" about={CORRELATIONS_ABOUT}>
          <CorrelationMaps correlations={correlations} />
        </Section>
      )}
    </>
  );
}

/** What is predicted from what: of one target at a time, which a person chooses. */
function UsefulnessTables({ part }: { readonly part: LikenessPart }) {
  const choices = part.tables.filter(({ label }) => label.startsWith(IMPORTANCE));
  const [chosen, setChosen] = useState(0);
  const targets = part.tables.find(({ label }) => label === 'Prediction of holdout rows')?.rows ?? [];
  return (
    <>
      {part.tables
        .filter((table) => !choices.includes(table))
        .map((table) => (
          <OneTable key={table.label} table={table} />
        ))}
      {choices.length > 0 && (
        <label className="mt-4 flex flex-wrap items-center gap-2 text-sm">
          What matters for the prediction of
          <select
            value={chosen}
            onChange={(event) => setChosen(Number(event.target.value))}
            className="max-w-full rounded-lg border border-line-strong bg-card px-2 py-1.5"
          >
            {choices.map(({ label }, index) => (
              <option key={label} value={index}>
                {targets[index]?.[0]}
              </option>
            ))}
          </select>
        </label>
      )}
      {choices[chosen] && <OneTable key={chosen} table={choices[chosen]} isTitled={false} />}
    </>
  );
}

function OneTable({
  table,
  isTitled = true,
}: {
  readonly table: LikenessTable;
  readonly isTitled?: boolean;
}) {
  const columns = table.head.map(
    (title, index): TableColumn<readonly string[]> => ({
      title,
      cell: (row) =>
        index === 0 ? <UserText text={row[0] ?? ''} className="max-w-56 sm:max-w-md" /> : row[index],
      ...(index === 0 ? { isHeader: true } : { className: 'whitespace-nowrap tabular-nums' }),
    }),
  );
  return (
    <div className="mt-4">
      {isTitled && <h3 className="mb-2 font-medium">{table.label}</h3>}
      <ShowMore items={table.rows} portion={PORTION} noun="lines" printsAll>
        {(shown) => <Table label={table.label} columns={columns} rows={shown} className="" />}
      </ShowMore>
    </div>
  );
}
