import { UserError } from '../../../../src/domain/errors';
import { hash, hashText, RandomStream } from '../../../../src/domain/random';
import type { ThreadSource } from '../../../../src/threads/thread';
import type { EncoderApi } from '../../encoding-pool/column-task';
import { encodeColumns, startEncoder } from '../../encoding-pool/encode-columns';
import { drawCountNoise } from '../../privacy/count-noise';
import { columnSeed } from '../../privacy/table-protection';
import type { Artefact, Learned } from '../artefact';
import {
  coupleColumns,
  type EncodedFeature,
  forbiddenOf,
  hasNullCode,
  joinCodes,
  linkedColumns,
} from '../coded-columns';
import type { Model, Sampler, Trained, TrainingJob, TrainingTable } from '../model';
import { type CopulaContent, type CopulaLearned, sizeOf, triangleOf } from './artefact';
import { checkStored } from './check-stored';
import type { Distribution, GaussianCopulaConfiguration } from './family';
import { type FittedColumn, fitCopula } from './fit';
import { CopulaSampler } from './sampler';
import { shapedWeights } from './shaped-weights';

/** Encodings of numbers along one axis. */
const SHAPED: readonly string[] = ['TABULAR_NUMERIC_BINNED', 'TABULAR_NUMERIC_DISCRETE'];
/** Rows that correlations are computed from; more would move none by .003. */
const MAX_ROWS = 200_000;

interface EncodedTable {
  readonly features: readonly EncodedFeature[];
  /** Per sub-column. */
  readonly columns: readonly FittedColumn[];
  readonly rows: { readonly training: number; readonly validation: number };
}

/** A Gaussian copula over the codes of the columns (docs/gaussian-copula.md). */
export class GaussianCopulaModel implements Model<EncodedTable, GaussianCopulaConfiguration> {
  readonly #encoders: ThreadSource<EncoderApi> | null;

  /** @param encoders null: long tables are encoded on this thread */
  constructor(encoders: ThreadSource<EncoderApi> | null = null) {
    this.#encoders = encoders;
  }

  async encode(
    table: TrainingTable,
    configuration: GaussianCopulaConfiguration,
    job: TrainingJob,
  ): Promise<EncodedTable> {
    const { valueProtection, rareThreshold, rareCategoryReplacementMethod, threads } = configuration;
    checkNames(configuration, table);
    const linked = linkedColumns(table);
    const tasks = table.features.map(({ schema, encodingType, fineBins, exactCodes, identifiesSubjects }) => {
      const options = {
        ...{ valueProtection, rareThreshold, rareCategoryReplacementMethod, fineBins, identifiesSubjects },
        seed: columnSeed(table.keyed, schema.name),
        exactCodes: exactCodes === true || linked.has(schema.name),
      };
      return { storageType: schema.storageType, encodingType, options };
    });
    const encoded = await encodeColumns(tasks, table, job, this.#encoders, threads);
    coupleColumns(encoded, table);
    const [{ training, validation }] = encoded as [(typeof encoded)[number]];
    const codes = joinCodes(encoded);
    const rowCount = training + validation;
    const features = table.features.map(({ schema, outputIndex }, i) => ({
      ...{ schema, outputIndex },
      encoding: encoded[i]!.encoding,
    }));
    const parts = features.flatMap(({ encoding }) =>
      encoding.subColumns.map((part) => ({ ...part, encoding, hasNull: hasNullCode(encoding) })),
    );
    const cardinalities = parts.map(({ cardinality }) => cardinality);
    const { holders } = table;
    const counted = { codes, rowCount, trainingRows: training, holders, cardinalities };
    const noise = valueProtection ? await drawCountNoise(counted, table.keyed, () => job.yield()) : [];
    const forbidden = forbiddenOf(features);
    const chosen = new RandomStream(hash(table.randomState, hashText('rows')), 'copula').spreadRows(
      training,
      Math.min(training, MAX_ROWS),
    );
    const starts = new Map(features.map(({ encoding }, i) => [encoding, i]));
    const columns: FittedColumn[] = [];
    for (const [j, { cardinality, ordinal, hasNull, encoding }] of parts.entries()) {
      const own = codes.subarray(j * rowCount, j * rowCount + training);
      const counts = new Uint32Array(cardinality);
      for (const code of own) counts[code]!++;
      const index = starts.get(encoding)!;
      const distribution = distributionOf(features[index]!.schema.name, configuration);
      const shaped =
        distribution === 'empirical'
          ? null
          : shapedWeights(
              distribution,
              encoding,
              (await table.read(index)).training,
              counts,
              table.randomState,
            );
      columns.push({
        codes: Uint16Array.from(chosen, (row) => own[row]!),
        ...{ counts, ordinal, weights: shaped },
        hasNull: hasNull && counts[0]! > 0 && counts[0]! < training,
        noise: noise[j] ?? null,
        forbidden: forbidden[j]!,
      });
      await job.yield();
    }
    return { features, columns, rows: { training, validation } };
  }

  async train(
    { features, columns, rows }: EncodedTable,
    _configuration: GaussianCopulaConfiguration,
    job: TrainingJob,
  ): Promise<Trained> {
    const started = performance.now();
    job.onBackend('Correlations');
    job.enter(null);
    const { marginals, missing, correlation } = await fitCopula(columns, async (done, total) => {
      job.update(done, total);
      await job.yield();
    });
    const content: CopulaContent = {
      features,
      marginals: marginals.map(({ order, ends }) => ({
        order,
        ends: Array.from(ends, (end) => digits(end)),
      })),
      missing: missing.map((end) => end && digits(end)),
    };
    const size = sizeOf(marginals, missing);
    const learned: CopulaLearned = {
      content,
      tensors: { correlation: triangleOf(correlation, size) },
    };
    await job.onCheckpoint(new CopulaSampler(learned));
    const ends = marginals.reduce((sum, marginal) => sum + marginal.ends.length, 0);
    const summary = {
      backend: 'gaussian_copula',
      adapter: 'Correlations',
      rows,
      parameters: ends + learned.tensors.correlation.length,
      seconds: (performance.now() - started) / 1000,
      stoppedBy: 'completed',
      passes: null,
      generationOrder: null,
      privacyGuard: null,
      peakMemory: 0,
    } as const;
    return { learned, summary };
  }

  check(stored: Artefact): void {
    checkStored(stored);
  }

  async open(learned: Learned): Promise<Sampler> {
    return new CopulaSampler(learned as CopulaLearned);
  }
}

function distributionOf(
  name: string,
  { defaultDistribution, numericalDistributions }: GaussianCopulaConfiguration,
): Distribution {
  return numericalDistributions[name] ?? defaultDistribution;
}

/** @throws UserError `config/invalid` where a distribution is of a column that is not learned as a number */
function checkNames(
  { numericalDistributions }: GaussianCopulaConfiguration,
  { features }: TrainingTable,
): void {
  for (const name of Object.keys(numericalDistributions)) {
    const feature = features.find(({ schema }) => schema.name === name);
    if (feature && SHAPED.includes(feature.encodingType)) continue;
    throw new UserError(
      'config/invalid',
      `numericalDistributions names “${name}”, which is not learned as a number. Take it out, or name a column of numbers.`,
    );
  }
}

/** As many digits as tell two stretches apart. */
function digits(value: number): number {
  return Number(value.toPrecision(9));
}

/** The family as a browser's engine worker runs it. */
export function createModel(): Model<EncodedTable, GaussianCopulaConfiguration> {
  return new GaussianCopulaModel({ cores: navigator.hardwareConcurrency, start: startEncoder });
}
