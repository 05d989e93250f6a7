import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { Tick } from '../../components/field';
import { ScrollArea } from '../../components/table';
import type { AnonymisationCriteria } from '../../domain/privacy-tests';
import type { Report } from '../../domain/reports';
import { showError } from '../actions';
import { useClient } from '../client-context';

/** Lets a person say what is known and what is guessed, and makes the report again. */
export function AttackAgain({ report }: { report: Report }) {
  const criteria = report.privacyTests?.criteria;
  return criteria ? <AttackForm report={report} criteria={criteria} /> : null;
}

function AttackForm({ report, criteria }: { report: Report; criteria: AnonymisationCriteria }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const attacked = criteria.inference?.attacked;
  const [known, setKnown] = useState(new Set(attacked?.known));
  const [sensitive, setSensitive] = useState(new Set(attacked?.sensitive));
  const [busy, setBusy] = useState(false);
  const attack = async () => {
    setBusy(true);
    try {
      const again = await client.reports.create(report.syntheticDatasetId, {
        attacked: { known: [...known], sensitive: [...sensitive] },
      });
      navigate(`/reports/${again.id}`);
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  const without = (set: ReadonlySet<string>, name: string) => new Set([...set].filter((own) => own !== name));
  return (
    <details className="no-print mt-4">
      <summary className="cursor-pointer text-sm font-medium">
        Change what is known and what is guessed
      </summary>
      <p className="mt-2 mb-2 max-w-prose text-sm text-ink-soft">
        Known are the columns that others know of a person, guessed those that they should not learn. With
        none known, everything but the guessed column is.
      </p>
      <ScrollArea label="Known and guessed columns" className="max-h-80">
        <table className="w-full">
          <thead>
            <tr className="text-left text-ink-soft">
              <th scope="col" className="p-2 font-medium">
                Column
              </th>
              <th scope="col" className="p-2 font-medium">
                Known
              </th>
              <th scope="col" className="p-2 font-medium">
                Guessed
              </th>
            </tr>
          </thead>
          <tbody>
            {criteria.compared.map((name) => (
              <tr key={name} className="border-t border-line">
                <th scope="row" className="px-2 text-left font-normal break-words">
                  <bdi>{name}</bdi>
                </th>
                <td className="px-2">
                  <Tick
                    label={`${name} is known`}
                    checked={known.has(name)}
                    onChange={(on) => {
                      setKnown(on ? new Set(known).add(name) : without(known, name));
                      if (on) setSensitive(without(sensitive, name));
                    }}
                  />
                </td>
                <td className="px-2">
                  <Tick
                    label={`${name} is guessed`}
                    checked={sensitive.has(name)}
                    onChange={(on) => {
                      setSensitive(on ? new Set(sensitive).add(name) : without(sensitive, name));
                      if (on) setKnown(without(known, name));
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      <Button className="mt-3" disabled={busy || sensitive.size === 0} onClick={attack}>
        {busy ? 'Making the report …' : 'Make the report with these'}
      </Button>
    </details>
  );
}
