import type { AttackedColumns } from '../../../src/domain/attacked-columns';
import type { PrivacyTests } from '../../../src/domain/privacy-tests';
import { RandomStream } from '../../../src/domain/random';
import type { ReportLimits } from '../../../src/domain/report-limits';
import type { ComparedSubjects } from '../distances/distance-metrics';
import type { Parts } from '../parts/parts';
import { anonymisationCriteria } from './anonymisation-criteria';
import type { CodedRows } from './attack-rows';
import type { AttackSets } from './attack-sets';
import { membershipPanel } from './membership-panel';

/** Rows of a report that attacks compare. */
interface Attacked {
  readonly attacked: AttackSets;
  readonly rows: { readonly training: number };
  comparedSubjects(): ComparedSubjects | null;
}

/**
 * Attacks the synthetic rows of a report with what the holdout teaches.
 * @param attacked what is known and guessed of people; null = proposed
 */
export async function testPrivacy(
  report: Attacked,
  attacked: AttackedColumns | null,
  { seed, limits }: { readonly seed: number; readonly limits: ReportLimits },
  parts: Parts,
): Promise<Omit<PrivacyTests, 'nearCopies'>> {
  const { attacked: sets, rows } = report;
  if (sets.names.length === 0) return { membership: null, criteria: null };
  const subjects = report.comparedSubjects();
  const owners = subjects && { members: subjects.training, others: subjects.holdout };
  const { names, ordered, members, others, synthetic } = sets;
  const [membership, criteria] = await Promise.all([
    membershipPanel(
      { ordered, members, others, synthetic, owners, trained: rows.training },
      seed,
      limits,
      parts,
    ),
    anonymisationCriteria(
      {
        ...{ names, ordered, synthetic },
        members: inRandomOrder(members, owners?.members ?? null, seed, 'members'),
        others: inRandomOrder(others, owners?.others ?? null, seed, 'others'),
      },
      attacked,
      seed,
      limits,
      parts,
    ),
  ]);
  return { membership, criteria };
}

/** One row of each person, so that the first ones are a random sample. */
function inRandomOrder(set: CodedRows, owners: Uint32Array | null, seed: number, name: string): CodedRows {
  const order = new RandomStream(seed, `attacked people ${name}`).permutation(set[0]?.length ?? 0);
  const seen = new Set<number>();
  const kept = owners
    ? order.filter((row) => !seen.has(owners[row]!) && seen.add(owners[row]!).size > 0)
    : order;
  return set.map((column) => Float32Array.from(kept, (row) => column[row]!));
}
