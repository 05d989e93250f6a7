import type { PrivacyTests } from '../../../src/domain/privacy-tests';
import type { ComparedSubjects, NearestRecords } from '../distances/distance-metrics';
import { nearCopies } from '../distances/near-copies';
import type { Pacer } from '../pacing';
import type { AttackSets } from './attack-sets';
import { membershipPanel } from './membership-panel';

/** Rows of a report that attacks compare. */
interface Attacked {
  readonly attacked: AttackSets;
  readonly rows: { readonly training: number };
  comparedSubjects(): ComparedSubjects | null;
}

/** Attacks the synthetic rows of a report with what the holdout teaches. */
export async function testPrivacy(
  report: Attacked,
  nearest: NearestRecords,
  seed: number,
  pacer: Pacer,
): Promise<PrivacyTests> {
  const { attacked: sets, rows } = report;
  if (sets.names.length === 0) return { nearCopies: null, membership: null };
  const subjects = report.comparedSubjects();
  const owners = subjects && { members: subjects.training, others: subjects.holdout };
  const { ordered, members, others, synthetic } = sets;
  return {
    nearCopies: nearCopies(nearest),
    membership: await membershipPanel(
      { ordered, members, others, synthetic, owners, trained: rows.training },
      seed,
      pacer,
    ),
  };
}
