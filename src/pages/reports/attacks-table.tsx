import { Table } from '../../components/table';
import { ATTACK_HEAD, ATTACKS_ABOUT, attackRows } from '../../domain/membership-evidence';
import { attackedPanel } from '../../domain/privacy-tests';
import type { Report } from '../../domain/reports';

/** Each membership attack alone; nothing where none was made. */
export function AttacksTable({ report }: { report: Report }) {
  const panel = attackedPanel(report.privacyTests);
  if (!panel) return null;
  return (
    <details className="mt-4">
      <summary className="cursor-pointer text-sm font-medium">
        {`The ${panel.attacks.length} membership attacks one by one`}
      </summary>
      <p className="mt-2 mb-2 max-w-prose text-sm text-ink-soft">{ATTACKS_ABOUT}</p>
      <Table
        label="Membership attacks"
        columns={ATTACK_HEAD.map((title, c) => ({
          title,
          cell: (row: readonly string[]) => row[c],
          isHeader: c === 0,
        }))}
        rows={attackRows(panel)}
        className="max-h-none"
        asCards
      />
    </details>
  );
}
