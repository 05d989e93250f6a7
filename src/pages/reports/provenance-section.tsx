import { Section } from '../../components/card';
import { Table, type TableColumn } from '../../components/table';
import { provenanceFacts } from '../../domain/provenance-words';
import type { Report } from '../../domain/reports';

type Fact = readonly [name: string, value: string];

const COLUMNS: readonly TableColumn<Fact>[] = [
  { title: 'What', cell: ([name]) => name, isHeader: true, className: 'w-56 min-w-36' },
  { title: 'Value', cell: ([, value]) => <bdi className="break-words">{value}</bdi> },
];

/** How the report came about: file, columns, hidden values, seeds, settings, version; and what is not known. */
export function ProvenanceSection({ report }: { report: Report }) {
  return (
    <Section
      id="report-provenance"
      title="How this report came about"
      about="With these, the same file and the generator’s protection key, the same rows and the same report come out again."
    >
      <Table
        label="Provenance"
        columns={COLUMNS}
        rows={provenanceFacts(report)}
        className="max-h-none"
        cellClass="py-2 align-top"
      />
    </Section>
  );
}
