import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import type { WholeReport } from '../../domain/reports';
import { showError } from '../actions';
import { useClient } from '../client-context';

/** Lets a person choose another column to predict, and makes the report again. */
export function PredictOther({ report }: { readonly report: WholeReport }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const columns = report.univariate.map(({ column }) => column).sort();
  const predicted = report.likeness?.usefulness?.map(({ target }) => target) ?? [];
  const [target, setTarget] = useState(columns.find((name) => !predicted.includes(name)) ?? '');
  const [busy, setBusy] = useState(false);
  const predict = async () => {
    setBusy(true);
    try {
      const again = await client.reports.create(report.syntheticDatasetId, {
        targets: [target, ...predicted.filter((name) => name !== target)],
      });
      navigate(`/reports/${again.id}`);
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  if (columns.length < 2) return null;
  return (
    <div className="no-print mt-4 flex flex-wrap items-center gap-2 text-sm">
      <label className="flex max-w-full flex-wrap items-center gap-2">
        Another column to predict
        <select
          value={target}
          onChange={(event) => setTarget(event.target.value)}
          className="max-w-full rounded-lg border border-line-strong bg-card px-2 py-1.5"
        >
          {columns.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <Button onClick={predict} disabled={busy}>
        {busy ? 'Writing the report' : 'Write the report again'}
      </Button>
    </div>
  );
}
