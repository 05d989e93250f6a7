import type { MembershipPanel, NoPanel } from '../../../src/domain/membership-panel';
import type { ReportLimits } from '../../../src/domain/report-limits';
import type { Parts } from '../parts/parts';
import { ISOLATED, type PanelRows } from './attack-half';
import type { CodedRows } from './attack-rows';
import { type ScoredHalf, singleFigures, strongestFigures } from './panel-figures';

/** Unseen people below which nothing is attacked: half of them are the attacker's reference. */
const MIN_PEOPLE = 200;

/**
 * Attacks on membership as a report makes them (docs/metrics.md, Membership attacks). The unseen people are cut in
 * halves: each half is once the attacker's reference and once among the targets, and the strongest attack on one half is
 * reported by the other.
 */
export async function membershipPanel(
  rows: PanelRows,
  seed: number,
  limits: ReportLimits,
  parts: Parts,
): Promise<MembershipPanel | NoPanel> {
  const count = Math.min(
    peopleIn(rows.members, rows.owners?.members ?? null),
    peopleIn(rows.others, rows.owners?.others ?? null),
  );
  if (count < MIN_PEOPLE || rows.ordered.length === 0) return { people: count, needed: MIN_PEOPLE };
  const attacked = await Promise.all(
    ([0, 1] as const).map((half) => parts.compute('attackHalf', { rows, half, seed, limits })),
  );
  const all = attacked.map((half) => half.all) as [ScoredHalf, ScoredHalf];
  const isolated = attacked.map((half) => half.isolated) as [ScoredHalf, ScoredHalf];
  const stand = isolated.map((half) => [...half.values()][0]!);
  const enough = [stand.map(({ members }) => members), stand.map(({ others }) => others)].every(
    (side) =>
      side.reduce((sum, { length }) => sum + length, 0) >= ISOLATED.needed &&
      side.every(({ length }) => length > 1),
  );
  const { pacer } = parts;
  return {
    ...(await strongestFigures(all, seed, pacer)),
    attacks: singleFigures(all),
    isolated: enough ? await strongestFigures(isolated, seed, pacer) : null,
    // That of the second half's targets: the first half.
    rows: { synthetic: rows.synthetic[0]!.length, reference: attacked[1]!.reference },
  };
}

function peopleIn(set: CodedRows, owners: Uint32Array | null): number {
  return owners ? new Set(owners).size : (set[0]?.length ?? 0);
}
