import { Section } from '../../components/card';
import { Table, type TableColumn } from '../../components/table';
import type { EvidencePart } from '../../domain/evidence-part';
import { privacyVerdict } from '../../domain/privacy-verdict';
import type { Report } from '../../domain/reports';
import { LevelMark } from '../verdict-words';
import { AttackAgain } from './attack-again';
import { AttacksTable } from './attacks-table';
import { ExposedRows } from './exposed-rows';
import { GuessedTable } from './guessed-table';

const COLUMNS: readonly TableColumn<EvidencePart>[] = [
  {
    title: 'Evidence',
    cell: ({ title, source }) => (
      <>
        {title}
        <span className="block text-xs font-normal text-ink-soft">{source}</span>
      </>
    ),
    isHeader: true,
    className: 'min-w-44',
  },
  { title: 'Verdict', cell: ({ level }) => <LevelMark level={level} /> },
  { title: 'Figure', cell: ({ figure }) => figure, className: 'min-w-44' },
  {
    title: 'What it means, and the threshold',
    cell: ({ meaning, threshold }) => (
      <>
        {meaning}
        <span className="block text-xs text-ink-soft">Threshold: {threshold}.</span>
      </>
    ),
    className: 'min-w-56',
  },
];

/** The verdict on privacy with all its evidence: figure, 95 % interval, threshold, meaning, source. */
export function PrivacySection({ report }: { report: Report }) {
  const { title, sentence, parts, notTested } = privacyVerdict(report);
  return (
    <Section
      id="report-verdict"
      title="Privacy"
      about={`${title}. ${sentence} Intervals are 95 % intervals: about 95 of 100 hold the true figure.`}
    >
      <Table
        label="Evidence of privacy"
        columns={COLUMNS}
        rows={parts}
        className="max-h-none sm:*:min-w-3xl"
        asCards
        cellClass="py-2.5 align-top"
      />
      <AttacksTable report={report} />
      <ExposedRows report={report} />
      <GuessedTable report={report} />
      <AttackAgain report={report} />
      {notTested.length > 0 && (
        <p className="mt-3 max-w-prose text-sm text-ink-soft">Not tested here: {notTested.join('; ')}.</p>
      )}
    </Section>
  );
}
