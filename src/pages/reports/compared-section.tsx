import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { Section } from '../../components/card';
import { Table, type TableColumn } from '../../components/table';
import {
  COMPARED,
  COMPARED_ABOUT,
  COMPARED_HEAD,
  type ComparedLine,
  comparedLines,
} from '../../domain/compared-rows';
import { DEFAULT_LIMITS, ReportLimits } from '../../domain/report-limits';
import type { WholeReport } from '../../domain/reports';
import { showError } from '../actions';
import { useClient } from '../client-context';
import { draftOf, readDraft } from '../settings-draft';
import { SettingsForm } from '../settings-form';

const COLUMNS = COMPARED_HEAD.map(
  (title, index): TableColumn<ComparedLine> => ({
    title,
    cell: (line) => line[index],
    ...(index === 0 && { isHeader: true, className: 'min-w-36' }),
  }),
);

/** What each figure was computed on, and the limits, which a person changes. */
export function ComparedSection({ report }: { report: WholeReport }) {
  return (
    <Section id="report-compared" title={COMPARED} about={COMPARED_ABOUT}>
      <Table
        label="Rows compared and limits"
        columns={COLUMNS}
        rows={comparedLines(report)}
        className="max-h-none"
        cellClass="py-2 align-top"
      />
      {report.evaluated ? (
        <p className="no-print mt-3 text-sm text-ink-soft">
          To change the limits, evaluate the files anew: they stand under “Limits” there.
        </p>
      ) : (
        <LimitsForm report={report} />
      )}
    </Section>
  );
}

/** Makes the report of a dataset again with other limits. */
function LimitsForm({ report }: { report: WholeReport }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [draft, setDraft] = useState(() => draftOf(ReportLimits, report.limits ?? DEFAULT_LIMITS));
  const [busy, setBusy] = useState(false);
  const { values } = readDraft(ReportLimits, draft);
  const again = async () => {
    setBusy(true);
    try {
      const { id } = await client.reports.create(report.syntheticDatasetId, { limits: values! });
      navigate(`/reports/${id}`);
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <details className="no-print mt-4">
      <summary className="cursor-pointer text-sm font-medium">Change the limits</summary>
      <div className="mt-3 grid gap-5 sm:grid-cols-2">
        <SettingsForm schema={ReportLimits} draft={draft} onChange={setDraft} />
      </div>
      <Button className="mt-3" disabled={busy || values === null} onClick={again}>
        {busy ? 'Making the report …' : 'Make the report with these'}
      </Button>
    </details>
  );
}
