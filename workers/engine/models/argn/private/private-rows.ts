import type { PrivacyLedger } from '../../../../../src/domain/differential-privacy';
import { encodeColumn } from '../../../encoding/encoder';
import type { RandomBits } from '../../../privacy/dp/random-bits';
import type { TrainingJob, TrainingTable } from '../../model';
import type { EncodedTable } from '../encode-table';
import { factorCodes } from '../factors/factor-coding';
import type { ArgnConfiguration, DifferentialPrivacy } from '../family';
import type { PoissonBatch } from './poisson-rows';
import { epsilonAfter, type PrivacyPlan, planPrivacy } from './privacy-plan';
import { releaseTable } from './release-table';

/** Batches that an epoch should have: few large ones, in which the noise is small. */
const BATCHES_PER_EPOCH = 12;

/** Private rows in the codes of a table that was drawn from their noisy counts. */
export interface PrivateRows {
  readonly privacy: DifferentialPrivacy;
  readonly plan: PrivacyPlan;
  /** What the counts gave away. */
  readonly counts: PrivacyLedger;
  /** Column-major [sub-column][row]; empty if no steps are taken. */
  readonly codes: Uint16Array;
  readonly rowCount: number;
  /** [row] numbers of the subjects; null = every row is a subject of its own. */
  readonly subjects: Uint32Array | null;
  readonly bits: RandomBits;
  /** Who takes part in steps that may be taken again, after a GPU was lost. */
  readonly drawn: Map<number, PoissonBatch>;
}

/** What the budget of a table pays for; nothing of it is private but whose rows are whose. */
export async function planOf(
  { holders, subjects }: Pick<TrainingTable, 'holders' | 'subjects'>,
  { differentialPrivacy, batchSize, gradientAccumulationSteps, maxEpochs }: ArgnConfiguration,
  pause: () => Promise<void>,
): Promise<PrivacyPlan> {
  const count = subjects?.sample.length ?? holders.length;
  const batch = batchSize ?? Math.max(32, Math.round(count / BATCHES_PER_EPOCH));
  const expected = Math.min(count, batch * gradientAccumulationSteps);
  const maxSteps = Math.ceil((maxEpochs * count) / expected);
  return planPrivacy(differentialPrivacy!, count, expected, maxSteps, pause);
}

/**
 * Releases noisy counts of a table and encodes the rows drawn from them, by which the private rows are encoded too.
 * @param encode encodes a table as one that is not private
 */
export async function encodePrivately(
  table: TrainingTable,
  configuration: ArgnConfiguration,
  plan: PrivacyPlan,
  bits: RandomBits,
  job: TrainingJob,
  encode: (drawn: TrainingTable) => Promise<EncodedTable>,
): Promise<{ encoded: EncodedTable; privateRows: PrivateRows }> {
  const privacy = configuration.differentialPrivacy!;
  const subjects = table.subjects?.training ?? null;
  const rowCount = table.holders.length;
  const { drawn, ledger, shown } = await releaseTable(table, configuration, plan.countsEpsilon, bits, job);
  const encoded = await encode(drawn);
  const parts: Uint16Array[] = [];
  for (const [index, { encoding }] of plan.steps > 0 ? encoded.features.entries() : []) {
    parts.push(...encodeColumn(encoding, shown(index, (await table.read(index)).training)));
    await job.yield();
  }
  const { factors } = encoded;
  if (plan.steps > 0 && factors)
    parts.push(...factors.factors.map((factor) => factorCodes(factors, factor, parts)));
  const codes = new Uint16Array(parts.length * rowCount);
  for (const [j, part] of parts.entries()) codes.set(part, j * rowCount);
  // Counts may cost less than they were given: a table of two columns has one pair, which is not chosen.
  const counted = { ...plan, countsMu: ledger.mu, countsEpsilon: ledger.epsilon };
  const spent = { ...counted, epsilon: await epsilonAfter(counted, plan.steps, () => job.yield()) };
  const rows = { codes, rowCount, subjects, bits, drawn: new Map<number, PoissonBatch>() };
  return { encoded, privateRows: { privacy, plan: spent, counts: ledger, ...rows } };
}
