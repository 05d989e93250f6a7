import { Section } from '../../components/card';
import { formatPercent } from '../../components/format';
import { ShowMore } from '../../components/show-more';
import { Table, type TableColumn, UserText } from '../../components/table';
import type { TrivariateScore } from '../../domain/reports';
import { worstFirst } from '../../domain/worst-first';

const COLUMNS: readonly TableColumn<TrivariateScore>[] = [
  {
    title: 'Columns',
    cell: ({ columns }) => (
      <span className="flex flex-wrap gap-x-2">
        {columns.map((column, index) => (
          <span key={column} className="inline-flex max-w-48 gap-2">
            {index > 0 && <span className="text-ink-soft">×</span>}
            <UserText text={column} />
          </span>
        ))}
      </span>
    ),
  },
  {
    title: 'Accuracy',
    cell: ({ accuracy }) => formatPercent(accuracy),
    className: 'text-right font-medium whitespace-nowrap',
  },
  {
    title: 'Fresh real rows reach',
    cell: ({ accuracyMax }) => formatPercent(accuracyMax),
    className: 'text-right whitespace-nowrap text-ink-soft',
  },
];

/** Triples of columns, the least accurate first: where to look when something is off. */
export function TrivariateSection({ scores }: { scores: readonly TrivariateScore[] }) {
  if (scores.length === 0) return null;
  return (
    <Section
      id="report-trivariate"
      title="Trivariate accuracy"
      about="How well three columns together keep their shares. Those furthest below their reference come first."
    >
      <ShowMore items={worstFirst(scores)} portion={10} noun="triples">
        {(shown) => <Table label="Accuracy of triples" columns={COLUMNS} rows={shown} className="" />}
      </ShowMore>
    </Section>
  );
}
