import { type ColumnData, concatenate } from '../../../../../src/domain/column-data';
import type { PrivacyLedger } from '../../../../../src/domain/differential-privacy';
import { SyntheticTableConfiguration } from '../../../../../src/domain/synthetic-datasets';
import { deltaOfNoise, muOfBudget } from '../../../privacy/dp/gaussian-privacy';
import type { RandomBits } from '../../../privacy/dp/random-bits';
import { sliceRows } from '../../given-cells';
import { shownRows } from '../../marginals/decode-rows';
import { MarginalsConfiguration } from '../../marginals/family';
import type { LearnedMarginals } from '../../marginals/learned-marginals';
import { MarginalsModel } from '../../marginals/model';
import { DOMAINS } from '../../marginals/plan-budget';
import type { FeatureColumn, TrainingJob, TrainingTable } from '../../model';
import type { ArgnConfiguration } from '../family';

/** Rows drawn besides to tell when to end, as a share of the training rows … */
const VALIDATION_SHARE = 0.1;
/** … and at most so many. */
const MAX_VALIDATION = 2000;

/** What all may see of a private table. */
export interface ReleasedTable {
  /** Rows drawn from its noisy counts, as many as it has, as a table to learn. */
  readonly drawn: TrainingTable;
  /** What the counts gave away. */
  readonly ledger: PrivacyLedger;
  /** Private rows of a column; values that were not released are the word that stands for them. */
  shown(feature: number, data: ColumnData): ColumnData;
}

/**
 * Counts a private table with noise (docs/differential-privacy.md) and draws rows from the counts. These cost nothing:
 * whatever is done with them, the guarantee holds.
 * @param maxEpsilon of the counts alone
 */
export async function releaseTable(
  table: TrainingTable,
  { differentialPrivacy, rareCategoryReplacementMethod, valueProtection }: ArgnConfiguration,
  maxEpsilon: number,
  bits: RandomBits,
  job: TrainingJob,
): Promise<ReleasedTable> {
  const { delta, valueProtectionEpsilon } = differentialPrivacy!;
  const isPublic = valueProtectionEpsilon === null;
  const configuration = MarginalsConfiguration.parse({
    model: 'marginals',
    ...{ maxEpsilon, delta, rareCategoryReplacementMethod, valueProtection },
    valueProtectionEpsilon: isPublic ? null : domainsEpsilon(valueProtectionEpsilon, maxEpsilon, delta),
  });
  const own = {
    ...job,
    onColumns: () => {},
    enter: () => {},
    update: () => {},
    onBackend: () => {},
    onNotice: () => {},
    onCheckpoint: async () => {},
  };
  const model = new MarginalsModel(() => bits, isPublic);
  const { learned } = await model.train(await model.encode(table, configuration, own), configuration, own);
  const { columns, ledger } = learned.content as LearnedMarginals;
  const training = table.holders.length;
  const validation = Math.min(MAX_VALIDATION, Math.round(VALIDATION_SHARE * training));
  const rows = await drawRows(await model.open(learned), training + validation, bits.word(), job);
  return {
    drawn: {
      name: table.name,
      features: table.features.map(withoutSubject),
      rowCount: training + validation,
      ...{ randomState: table.randomState, keyed: table.keyed, rules: [], ties: [] },
      holders: Uint32Array.from({ length: training }, (_, row) => row),
      read: async (index) => ({
        training: sliceRows(rows[index]!, 0, training),
        validation: sliceRows(rows[index]!, training, training + validation),
      }),
    },
    ledger,
    shown: (feature, data) => shownRows(columns[feature]!, data),
  };
}

/** ε for value domains as it was set; null = more than their usual part of the budget, which is taken instead. */
function domainsEpsilon(wanted: number, maxEpsilon: number, whole: number): number | null {
  const delta = deltaOfNoise(whole);
  const share = (muOfBudget(wanted, delta) / muOfBudget(maxEpsilon, delta)) ** 2;
  return share > DOMAINS ? null : wanted;
}

async function drawRows(
  sampler: Awaited<ReturnType<MarginalsModel['open']>>,
  rows: number,
  seed: number,
  job: TrainingJob,
): Promise<ColumnData[]> {
  const configuration = SyntheticTableConfiguration.parse({});
  let joined: readonly ColumnData[] | null = null;
  for await (const { columns } of sampler.rows({ rows, seed, configuration })) {
    joined = joined ? joined.map((column, c) => concatenate(column, columns[c]!)) : columns;
    await job.yield();
  }
  return [...joined!];
}

/** No drawn row is anybody's. */
function withoutSubject({ schema, encodingType, sourceIndex, outputIndex }: FeatureColumn): FeatureColumn {
  return { schema, encodingType, sourceIndex, outputIndex };
}
