import { UserError } from '../../../../src/domain/errors';
import { hash, hashText } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import type { ThreadSource } from '../../../../src/threads/thread';
import { arrangeCategories } from '../../encoding/arrange-categories';
import { CLASS_RULE, type ClassRule } from '../../encoding/contract';
import type { EncodedColumn, EncoderApi } from '../../encoding-pool/column-task';
import { earlyStoppingRows, encodeColumns } from '../../encoding-pool/encode-columns';
import { drawCountNoise } from '../../privacy/count-noise';
import { type DistancePart, drawStandIns } from '../../privacy/isolated-rows';
import { columnSeed, protectTable } from '../../privacy/table-protection';
import type { EncodedFeature } from '../coded-columns';
import { coupleColumns, joinCodes, linkedColumns } from '../coded-columns';
import type { Tie } from '../kept-rules';
import type { SubjectRows, TrainingJob, TrainingTable } from '../model';
import { type ContinuedArgn, checkFeatures, isCodedByValue } from './continued';
import { type FactorCoding, factorCodes } from './factors/factor-coding';
import { findFactors } from './factors/find-factors';
import type { ArgnConfiguration } from './family';
import type { SubColumnFacts } from './network/initialise';
import type { CodeRelation } from './network/restrictions';
import { codeRelations } from './rules/code-relations';
import { hasRange } from './rules/interval-relations';
import { supportRelations } from './rules/support-relations';

/** A table as ARGN sees it. */
export interface EncodedTable {
  readonly features: readonly EncodedFeature[];
  /** Column-major [sub-column][row]: the training rows, then the validation rows. */
  readonly codes: Uint16Array;
  readonly trainingRows: number;
  readonly validationRows: number;
  readonly facts: readonly SubColumnFacts[];
  /** [training rows] row that is learned in the stead of each: itself, or what stands in for an isolated person. */
  readonly learnedRows: Uint32Array;
  /** Rows that stand most alone, of which a secret half is learned through others; null = all are learned as they are. */
  readonly isolatedRows: number | null;
  /** What hides how many rows hold each code, per sub-column but factors; empty = nothing does. */
  readonly countNoise: readonly Float32Array[];
  readonly relations: readonly CodeRelation[];
  readonly computed: readonly Rule[];
  readonly ties: readonly Tie[];
  /** Columns at the end of the codes that sum up others. */
  readonly factors: FactorCoding | null;
  /** Whose rows are whose; null = every row is a subject of its own. */
  readonly subjects: SubjectRows | null;
  readonly randomState: number;
}

/**
 * Pulls the columns, analyses their training rows, encodes training and validation rows.
 * @param encoders where long tables are encoded; null = on this thread
 * @param base a model whose columns, encodings and factors are kept; absent = they are found in the training rows
 * @throws UserError `training/failed` for want of memory, `config/invalid`, `canceled`
 */
export async function encodeTable(
  table: TrainingTable,
  configuration: ArgnConfiguration,
  job: Pick<TrainingJob, 'yield' | 'checkpoint' | 'race' | 'onColumns'>,
  encoders: ThreadSource<EncoderApi> | null,
  classRule: ClassRule = CLASS_RULE,
  base?: ContinuedArgn,
): Promise<EncodedTable> {
  if (base) checkFeatures(table, base.learned.content.features);
  const { valueProtection, rareThreshold, rareCategoryReplacementMethod, threads } = configuration;
  const linked = linkedColumns(table);
  const tasks = table.features.map((feature, index) => {
    const { schema, encodingType, fineBins = false, identifiesSubjects = false } = feature;
    const seed = columnSeed(table.keyed, schema.name);
    const known = base ? base.learned.content.features[index]!.encoding : null;
    const isOther = base !== undefined && isCodedByValue(base);
    const exactCodes = fineBins || feature.exactCodes === true || linked.has(schema.name) || isOther;
    const own = { seed, fineBins, exactCodes, identifiesSubjects };
    const options = { valueProtection, rareThreshold, rareCategoryReplacementMethod, classRule, ...own };
    return { storageType: schema.storageType, encodingType, options, ...(known && { encoding: known }) };
  });
  try {
    const columns = await encodeColumns(tasks, table, job, encoders, threads);
    if (!base) {
      for (const index of columns.keys()) columns[index] = await arrangeColumn(columns, index, job);
      coupleColumns(columns, table);
    }
    const codes = joinCodes(columns);
    const [first] = columns;
    const features = table.features.map(({ schema, outputIndex }, index) => ({
      schema,
      outputIndex,
      encoding: columns[index]!.encoding,
    }));
    const { training: trainingRows, validation: validationRows } = first!;
    const facts = columns.flatMap(factsOf);
    const { thresholdOf } = protectTable(valueProtection, table.keyed, rareThreshold);
    const rowCount = trainingRows + validationRows;
    const subjects = valueProtection ? (table.subjects ?? null) : null;
    const coded = { features, codes, rowCount, trainingRows, thresholdOf, subjects };
    const relations = [
      ...codeRelations(table.rules, coded),
      ...supportRelations(coded, hash(table.randomState, hashText('support'))),
    ];
    const cardinalities = facts.map(({ counts }) => counts.length);
    // A private training's rows are drawn from noisy counts, and their numbers tell of nobody.
    const countNoise =
      valueProtection && !configuration.differentialPrivacy
        ? await drawCountNoise(
            { codes, rowCount, trainingRows, holders: table.holders, cardinalities },
            table.keyed,
            () => job.yield(),
          )
        : [];
    const learned =
      configuration.privacyGuard && !configuration.differentialPrivacy
        ? await drawStandIns(
            { codes, rowCount, trainingRows, holders: table.holders, parts: distanceParts(columns, facts) },
            table.keyed,
            () => job.yield(),
          )
        : { rows: Uint32Array.from({ length: trainingRows }, (_, row) => row), isolated: null };
    const encoded: EncodedTable = {
      features,
      codes,
      trainingRows,
      validationRows,
      facts,
      learnedRows: learned.rows,
      isolatedRows: learned.isolated,
      countNoise,
      relations,
      ties: table.ties,
      computed: table.rules.filter(hasRange),
      factors: null,
      subjects: table.subjects ? encodedSubjects(table.subjects, table.randomState) : null,
      randomState: table.randomState,
    };
    if (base) return withFactorsOf(encoded, base.learned.content.factors, () => job.yield());
    // In a fixed order factors could not follow given columns.
    return configuration.enableFlexibleGeneration ? await withFactors(encoded, () => job.yield()) : encoded;
  } catch (cause) {
    throw asTooLong(cause, table);
  }
}

/** Whose the rows are, with the validation rows that are kept. */
function encodedSubjects(subjects: SubjectRows, randomState: number): SubjectRows {
  const { validation } = subjects;
  const kept = earlyStoppingRows(validation.length, randomState);
  return { ...subjects, validation: kept.map((row) => validation[row]!) };
}

/** The table with its factors as columns at the end; the same table where it has none. */
async function withFactors(table: EncodedTable, pause: () => Promise<void>): Promise<EncodedTable> {
  const { facts, trainingRows } = table;
  const seed = hash(table.randomState, hashText('factors'));
  const factors = await findFactors({ codes: partsOf(table), trainingRows, facts }, seed, pause);
  return withFactorsOf(table, factors, pause);
}

/** [sub-column][row] */
function partsOf({ codes, facts, trainingRows, validationRows }: EncodedTable): Uint16Array[] {
  const rows = trainingRows + validationRows;
  return facts.map((_, j) => codes.subarray(j * rows, (j + 1) * rows));
}

/** The table with these factors as columns at the end; null = the same table. */
async function withFactorsOf(
  table: EncodedTable,
  factors: FactorCoding | null,
  pause: () => Promise<void>,
): Promise<EncodedTable> {
  if (!factors) return table;
  const { codes, facts, trainingRows, validationRows } = table;
  const rows = trainingRows + validationRows;
  const parts = partsOf(table);
  const joined = new Uint16Array(codes.length + factors.factors.length * rows);
  joined.set(codes);
  const added: SubColumnFacts[] = [];
  for (const [k, factor] of factors.factors.entries()) {
    const bins = factorCodes(factors, factor, parts);
    joined.set(bins, codes.length + k * rows);
    const counts = new Uint32Array(factor.edges.length + 1);
    for (const bin of bins.subarray(0, trainingRows)) counts[bin]!++;
    added.push({ ordinal: true, counts });
    await pause();
  }
  return { ...table, codes: joined, facts: [...facts, ...added], factors };
}

/** A column of very many categories with the similar ones in a class; others as they are. */
async function arrangeColumn(
  columns: readonly EncodedColumn[],
  index: number,
  job: Pick<TrainingJob, 'yield'>,
): Promise<EncodedColumn> {
  const column = columns[index]!;
  const { encoding, codes, training } = column;
  if (encoding.type !== 'TABULAR_CATEGORICAL' || !encoding.subColumns[0]!.classes) return column;
  const companions = columns
    .filter((other) => other !== column)
    .flatMap((other) => other.encoding.subColumns.map((part, k) => ({ ...part, codes: other.codes[k]! })));
  const pause = () => job.yield();
  const arranged = await arrangeCategories({ encoding, codes: codes[0]! }, training, companions, pause);
  return { ...column, encoding: arranged.encoding, codes: [arranged.codes] };
}

function factsOf({ encoding, codes, training }: EncodedColumn): SubColumnFacts[] {
  return encoding.subColumns.map((part, k): SubColumnFacts => {
    const counts = new Uint32Array(part.cardinality);
    for (let i = 0; i < training; i++) counts[codes[k]![i]!]!++;
    return { ordinal: part.ordinal, counts };
  });
}

/** What distances of rows are measured by: every column counts as much, however many sub-columns it has. */
function distanceParts(columns: readonly EncodedColumn[], facts: readonly SubColumnFacts[]): DistancePart[] {
  const weights = columns.flatMap(({ encoding: { subColumns } }) =>
    subColumns.map(() => 1 / subColumns.length),
  );
  return facts.map((fact, j) => ({ ...fact, weight: weights[j]! }));
}

/** A browser that gives no more memory, in words; other errors as they are. */
function asTooLong(cause: unknown, { name, rowCount }: TrainingTable): unknown {
  if (!(cause instanceof Error) || cause.name !== 'RangeError') return cause;
  const advised = Math.floor(rowCount / 2);
  return new UserError(
    'training/failed',
    `This browser has no memory for the ${rowCount.toLocaleString('en')} rows of “${name}”. Set “Rows at most” to ${advised.toLocaleString('en')}, or leave out columns; rows are then drawn at random.`,
    { details: { rows: rowCount, advised }, cause },
  );
}
