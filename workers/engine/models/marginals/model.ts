import { riskOfGaussian } from '../../../../src/domain/attack-risk';
import { takeRows } from '../../../../src/domain/column-data';
import type { PrivacyLedger } from '../../../../src/domain/differential-privacy';
import { epsilonOfGaussian } from '../../privacy/dp/gaussian-privacy';
import { PrivacyBudget } from '../../privacy/dp/privacy-budget';
import { type RandomBits, secureBits } from '../../privacy/dp/random-bits';
import type { Artefact, Learned } from '../artefact';
import type { FeatureColumn, Model, Trained, TrainingJob, TrainingTable } from '../model';
import { boundSubjects } from './bound-subjects';
import { findCategories } from './category-domain';
import { checkStored } from './check-stored';
import { type ColumnDomain, encodeRows, hasBins, unitOf } from './column-domain';
import type { MarginalsConfiguration } from './family';
import type { LearnedColumn, LearnedMarginals } from './learned-marginals';
import { type MeasuredTable, measureTable } from './measure-table';
import { findBins } from './number-domain';
import { type BudgetPlan, planBudget } from './plan-budget';
import { MarginalsSampler } from './sampler';

/** The columns in codes of released domains, and what is left to spend. */
interface EncodedTable {
  readonly features: readonly FeatureColumn[];
  readonly numeric: readonly boolean[];
  readonly domains: readonly ColumnDomain[];
  readonly codes: readonly Uint16Array[];
  readonly plan: BudgetPlan;
  readonly budget: PrivacyBudget;
  /** Subjects are known, and none has more rows than was set. */
  readonly isBounded: boolean;
  readonly publicDomains: boolean;
}

/** What is not private, whatever ε is. */
const DECLARED_PUBLIC = [
  'number of rows and of subjects, names and types of columns, which take part, and as what the others are written',
  'report, charts and distances, which compare with the original',
  'which rows were held back, and which columns say whose rows are whose',
];
const PUBLIC_DOMAINS = 'categories, ranges, bins and decimals of columns, as declared';
/** Budget of domains that are public: noise far below a row. */
const PUBLIC_MU = 1000;
/** Of the budget for domains, a column with bins takes so many times as much as one of categories. */
const BINS_WEIGHT = 3;

/** Differentially private marginals (docs/differential-privacy.md). */
export class MarginalsModel implements Model<EncodedTable, MarginalsConfiguration> {
  readonly #openBits: () => RandomBits;
  readonly #publicDomains: boolean;

  /**
   * @param openBits the source of noise, which the ledger names
   * @param publicDomains a person declared categories, ranges and decimals public: they cost nothing
   */
  constructor(openBits: () => RandomBits, publicDomains = false) {
    this.#openBits = openBits;
    this.#publicDomains = publicDomains;
  }

  async encode(
    { features, read, subjects }: TrainingTable,
    configuration: MarginalsConfiguration,
    job: TrainingJob,
  ): Promise<EncodedTable> {
    const plan = planBudget(configuration, this.#publicDomains);
    const budget = new PrivacyBudget(this.#openBits(), plan.mu, configuration.maxRowsPerSubject);
    const { maxRowsPerSubject } = configuration;
    const domainBudget = this.#publicDomains ? new PrivacyBudget(budget.bits, PUBLIC_MU, 1) : budget;
    const domainShare = this.#publicDomains ? 1 : plan.domains;
    const kept = subjects && boundSubjects(subjects.training, maxRowsPerSubject, budget.bits);
    const domains: ColumnDomain[] = [];
    const numeric: boolean[] = [];
    const codes: Uint16Array[] = [];
    const weights = features.map(({ schema, encodingType }) =>
      hasBins(schema.storageType, encodingType) ? BINS_WEIGHT : 1,
    );
    const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
    const delta = plan.thresholdDelta / features.length;
    for (const [index, { schema, encodingType }] of features.entries()) {
      const { training: rows } = await read(index);
      const training = kept ? takeRows(rows, kept) : rows;
      const share = (domainShare * weights[index]!) / weightSum;
      job.onColumns('pull', index + 1, features.length);
      const found =
        training.kind === 'number' && hasBins(schema.storageType, encodingType)
          ? await findBins(training, unitOf(schema.storageType), domainBudget, share, () => job.yield())
          : findCategories(training, domainBudget, share, delta);
      const domain = this.#publicDomains ? withoutCounts(found) : found;
      job.onColumns('analyse', index + 1, features.length);
      await job.yield();
      domains.push(domain);
      numeric.push(training.kind === 'number');
      codes.push(encodeRows(domain, training));
      job.onColumns('encode', index + 1, features.length);
      await job.yield();
    }
    return {
      features,
      numeric,
      domains,
      codes,
      plan,
      budget,
      isBounded: kept !== undefined,
      publicDomains: this.#publicDomains,
    };
  }

  async train(
    encoded: EncodedTable,
    configuration: MarginalsConfiguration,
    job: TrainingJob,
  ): Promise<Trained> {
    const started = performance.now();
    const { domains, codes, budget, plan } = encoded;
    job.onBackend('Noisy counts');
    const onRelease = (release: string) => {
      const spent = epsilonOfGaussian(budget.total(), configuration.delta - plan.thresholdDelta);
      job.onMessage({
        epoch: 0,
        isCheckpoint: false,
        steps: budget.releases,
        samples: columnLengthOf(codes),
        trainingLoss: null,
        validationLoss: null,
        totalTime: (performance.now() - started) / 1000,
        learningRate: null,
        epsilon: spent,
        release,
      });
    };
    onRelease('categories, ranges and decimals');
    const measured = await measureTable(domains, codes, budget, plan, {
      pause: () => job.yield(),
      enter: (phase, unit) => job.enter(phase, unit),
      update: (done, total) => job.update(done, total),
      onRelease,
    });
    job.enter(null);
    const ledger = ledgerOf(encoded, configuration);
    const learned: LearnedMarginals = {
      columns: learnedColumns(encoded, measured, configuration),
      nodes: measured.nodes,
      factors: measured.factors.map(({ a, b, factors }) => ({ a, b, factors: [...factors] })),
      ledger,
    };
    if (ledger.noise === 'seeded') job.onNotice('The noise of this training is seeded: it protects nobody.');
    await job.onCheckpoint(new MarginalsSampler(learned));
    const summary = {
      backend: 'marginals',
      adapter: 'Noisy counts',
      rows: { training: columnLengthOf(codes), validation: 0 },
      parameters: measured.nodes.reduce((sum, { counts }) => sum + counts.length, 0),
      seconds: (performance.now() - started) / 1000,
      stoppedBy: 'completed',
      passes: null,
      generationOrder: null,
      privacyGuard: null,
      differentialPrivacy: ledger,
      peakMemory: 0,
    } as const;
    return { learned: { content: learned, tensors: {} }, summary };
  }

  check(stored: Artefact): void {
    checkStored(stored);
  }

  async open({ content }: Learned): Promise<MarginalsSampler> {
    return new MarginalsSampler(content as LearnedMarginals);
  }
}

/** The family as the product runs it: noise from the browser's cryptographic generator. */
export function createModel(): Model<EncodedTable, MarginalsConfiguration> {
  return new MarginalsModel(secureBits);
}

/** Which categories there are is public; how many rows each has is not, nor which has more: their order is that of texts. */
function withoutCounts(domain: ColumnDomain): ColumnDomain {
  if (domain.kind !== 'category') return domain;
  const counts = domain.counts.map(() => 0);
  return { ...domain, values: [...domain.values].sort(), counts, sigma: Number.POSITIVE_INFINITY };
}

function columnLengthOf(codes: readonly Uint16Array[]): number {
  return codes[0]?.length ?? 0;
}

function learnedColumns(
  { features, numeric, domains }: EncodedTable,
  { counts, groups }: MeasuredTable,
  { rareCategoryReplacementMethod: method }: MarginalsConfiguration,
): LearnedColumn[] {
  return features.map(({ schema: { name, storageType }, outputIndex }, c) => ({
    schema: { name, storageType },
    numeric: numeric[c]!,
    outputIndex,
    domain: domains[c]!,
    groups: [...groups[c]!],
    counts: Array.from(counts[c]!, (count) => Number(count.toPrecision(9))),
    hiddenAs: storageType === 'text' ? method : 'SAMPLE',
  }));
}

function ledgerOf(
  { budget, plan: { thresholdDelta }, isBounded, publicDomains }: EncodedTable,
  { maxEpsilon, delta }: MarginalsConfiguration,
): PrivacyLedger {
  const mu = budget.total();
  return {
    maxEpsilon,
    delta,
    epsilon: epsilonOfGaussian(mu, delta - thresholdDelta),
    mu,
    thresholdDelta,
    rowsPerSubject: budget.rowsPerSubject,
    subjects: isBounded ? 'known' : 'declared',
    noise: budget.bits.seeded ? 'seeded' : 'secure',
    releases: budget.ledger(delta - thresholdDelta),
    declaredPublic: publicDomains ? [...DECLARED_PUBLIC, PUBLIC_DOMAINS] : DECLARED_PUBLIC,
    attackRisk: riskOfGaussian(mu, thresholdDelta),
  };
}
