import { Section } from '../../components/card';
import { Table, type TableColumn } from '../../components/table';
import { type DossierLine, dossierOf } from '../../domain/dossier';
import type { Report } from '../../domain/reports';
import { STATES } from './dossier-words';

const COLUMNS: readonly TableColumn<DossierLine>[] = [
  {
    title: 'Question',
    cell: ({ title, source, about }) => (
      <>
        {title} <span className="font-normal text-ink-soft">({source})</span>
        <span className="block text-xs font-normal text-ink-soft">{about}</span>
      </>
    ),
    isHeader: true,
    className: 'min-w-56',
  },
  {
    title: 'State',
    cell: ({ state }) => (
      <span className={`whitespace-nowrap ${state === 'not tested' ? 'font-semibold' : ''}`}>
        {STATES[state]}
      </span>
    ),
  },
  {
    title: 'Figures',
    cell: ({ figures }) =>
      figures.length === 0 ? (
        <span className="text-ink-soft">none</span>
      ) : (
        <ul className="space-y-0.5">
          {figures.map(({ title, figure, level }) => (
            <li key={title}>
              {title}: {figure}
              {level && <span className="text-ink-soft">{` – ${level}`}</span>}
            </li>
          ))}
        </ul>
      ),
    className: 'min-w-64',
  },
];

/** Each figure by the questions of data protection, what was not tested, and what it does not prove: a sheet of paper. */
export function DossierSection({ report }: { report: Report }) {
  const { verdict, meaning, lines, facts, doesNotProve } = dossierOf(report);
  return (
    <Section
      id="report-dossier"
      title="Dossier"
      about={`${verdict}. ${meaning} By the criteria of WP216 (Opinion 05/2014) and the attacks of EDPB Opinion 28/2024, paragraph 55. It prints on one sheet.`}
      isSheet
    >
      <Table
        label="Questions of data protection"
        columns={COLUMNS}
        rows={lines}
        className="max-h-none sm:*:min-w-3xl"
        asCards
        cellClass="py-2 align-top"
      />
      <h3 className="mt-4 font-medium">What this does not prove</h3>
      <ul className="mt-1 list-disc space-y-1 pl-5 text-sm">
        {doesNotProve.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h3 className="mt-4 font-medium">Made with</h3>
      <dl className="mt-1 text-xs text-ink-soft">
        {facts.map(([name, value]) => (
          <div key={name} className="break-words">
            <dt className="inline font-medium">{name}: </dt>
            <dd className="inline">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
