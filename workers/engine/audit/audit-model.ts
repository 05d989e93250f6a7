/** The white-box audit: how likely a model makes the rows that it learned, and rows that it did not (docs/metrics.md). */
import { type ColumnData, columnLength, takeRows } from '../../../src/domain/column-data';
import type { SourceTableConfig } from '../../../src/domain/generators';
import type { AuditAnswer, ScoredRows } from '../../../src/domain/model-scores';
import { hash, hashText } from '../../../src/domain/random';
import { trainingRows } from '../../../src/domain/row-plan';
import { decideSubject } from '../../../src/domain/subjects';
import type { JobContext, JobStep } from '../../../src/threads/run-job';
import type { DatabasePeerApi } from '../../database/protocol';
import { keeping } from '../generation/open-sampler';
import type { Artefact } from '../models/artefact';
import type { Model, Sampler, TrainingJob } from '../models/model';
import { asShown } from '../privacy/shown-type';
import type { AuditRequest } from '../protocol';
import { withExtras } from '../rules/training-rules';
import { planTraining } from '../training-table';
import { MIN_UNSEEN, planAudit } from './audit-plan';
import { ReferenceSource } from './reference-source';
import { RarestColumns } from './standing-out';

/** Rows scored at a time: the thread answers between. */
const BLOCK_ROWS = 500;
/** Of the work, about: the rest is scoring. */
const REFERENCE_SHARE = 0.7;

type Source = Pick<DatabasePeerApi, 'describe' | 'readParts' | 'readSubjects' | 'readRowNumbers'>;

/** The audited model, opened, and the family that trains the reference model. */
export interface Audited {
  readonly artefact: Artefact;
  readonly sampler: Sampler;
  readonly family: Model;
}

/**
 * Scores people that the model learned and people that it did not, by the model and by a reference model that is trained
 * in the same way on others still. No row leaves: what comes out are numbers for each row.
 * @param step counts percents
 * @throws UserError `canceled`, `training/failed`
 */
export async function auditModel(
  { artefact, sampler, family }: Audited,
  request: AuditRequest,
  source: Source,
  job: JobContext,
  step: JobStep,
): Promise<AuditAnswer> {
  const { training, holdout, randomState } = request;
  const learned = artefact.output.flatMap(({ role, schema }) => (role === 'feature' ? [schema] : []));
  const [trained] = await source.readSubjects(training.tableId, [training.rows]);
  const { subjectColumns } = training.rows;
  const ownRows = { ...holdout.rows, ...(subjectColumns && { subjectColumns }) };
  const unseenRows = { ...holdout, rows: ownRows };
  const [unseen] = await source.readSubjects(holdout.tableId, [ownRows]);
  const plan = planAudit(trained!, unseen!, learned.length, randomState);
  if (plan === null) return { scores: null, tooFew: { people: new Set(unseen!).size, needed: MIN_UNSEEN } };
  const owners = plan.reference.map((row) => unseen![row]!);
  const reference = await trainReference(
    { artefact, family },
    request,
    new ReferenceSource(source, unseenRows, plan.reference, owners),
    job,
    (share) => step.update(Math.round(100 * REFERENCE_SHARE * share), 100),
  );
  try {
    const rarest = new RarestColumns(plan.members);
    const members: ColumnData[] = [];
    const others: ColumnData[] = [];
    for (const [index, { name, storageType }] of learned.entries()) {
      const [whole] = await source.readParts(training.tableId, name, [training.rows]);
      const [strange] = await source.readParts(holdout.tableId, name, [ownRows]);
      rarest.add(index, whole!);
      members.push(asShown(takeRows(whole!, plan.members), storageType));
      others.push(asShown(takeRows(strange!, plan.others), storageType));
      await job.yield();
    }
    const total = 2 * (plan.members.length + plan.others.length);
    let done = 0;
    const onScored = async (rows: number) => {
      done += rows;
      step.update(Math.round(100 * (REFERENCE_SHARE + ((1 - REFERENCE_SHARE) * done) / total)), 100);
      await job.yield();
    };
    const score = async (columns: readonly ColumnData[], whose: Uint32Array): Promise<ScoredRows> => ({
      owners: whose,
      model: await scoresOf(sampler, columns, onScored),
      reference: await scoresOf(reference.sampler, columns, onScored),
    });
    const [rows] = await source.readRowNumbers(training.tableId, [training.rows]);
    const scores = {
      members: {
        ...(await score(
          members,
          plan.members.map((row) => trained![row]!),
        )),
        rows: plan.members.map((row) => rows![row]!),
        column: rarest.column,
        holders: rarest.holders,
      },
      others: await score(
        others,
        plan.others.map((row) => unseen![row]!),
      ),
      columns: learned.map(({ name }) => name),
      learned: trained!.length,
      referenceRows: plan.reference.length,
    };
    return { scores, tooFew: null };
  } finally {
    reference.sampler.dispose();
  }
}

async function scoresOf(
  sampler: Sampler,
  columns: readonly ColumnData[],
  onScored: (rows: number) => Promise<void>,
): Promise<Float64Array> {
  const total = columnLength(columns[0]!);
  const scores = new Float64Array(total);
  for (let from = 0; from < total; from += BLOCK_ROWS) {
    const rows = Uint32Array.from({ length: Math.min(BLOCK_ROWS, total - from) }, (_, row) => from + row);
    scores.set(await sampler.logProbability!(columns.map((column) => takeRows(column, rows))), from);
    await onScored(rows.length);
  }
  return scores;
}

/**
 * A model of other rows, trained with the settings of the audited one, with its columns and with what it learns beside
 * them. It is forgotten after the audit, so its protection follows from a seed.
 */
async function trainReference(
  { artefact, family }: Pick<Audited, 'artefact' | 'family'>,
  { table, profiles, columns, training, randomState }: AuditRequest,
  source: ReferenceSource,
  job: JobContext,
  onProgress: (share: number) => void,
): Promise<{ readonly sampler: Sampler }> {
  const seed = hash(randomState, hashText('reference model'));
  const alone = asReference(table);
  const { rowCount } = await source.describe();
  const { subjectColumns } = training.rows;
  const subject = subjectColumns ? decideSubject(profiles, table) : null;
  const plain = { name: 'reference', randomState: seed, tables: [{ ...alone, holdoutSourceId: 'none' }] };
  const selected = { ...trainingRows(plain, rowCount, subject), maxSampleSize: null };
  const { subjectColumns: _, ...rows } = selected;
  const planned = await planTraining(
    {
      ...{ table: alone, profiles, randomState: seed },
      protectionKey: seed.toString(16).padStart(64, '0'),
      rows: { ...rows, ...(subjectColumns && { subjectColumns }) },
      continueFrom: { modelId: '', columns, sameRows: false },
    },
    source,
    artefact.output,
  );
  const learned = withExtras(planned.table, artefact.kept);
  const configuration = alone.tabularModelConfiguration;
  const quiet = quietJob(job, onProgress);
  const encoded = await family.encode(learned, configuration, quiet);
  const trained = await family.train(encoded, configuration, quiet);
  const opened = await family.open(trained.learned, () => undefined);
  return { sampler: keeping(opened, artefact) };
}

/** The settings of a training on this thread, without noise: what noise hides, a reference should not hide as well. */
function asReference(table: SourceTableConfig): SourceTableConfig {
  const { tabularModelConfiguration: own } = table;
  const configuration = { ...own, backend: 'wasm', threads: 1, differentialPrivacy: null };
  return { ...table, tabularModelConfiguration: configuration as typeof own };
}

/** A training that tells nobody but how far it is. */
function quietJob(job: JobContext, onProgress: (share: number) => void): TrainingJob {
  let isLearning = false;
  let longest = 0;
  return {
    ...{ stop: job.stop, yield: job.yield, checkpoint: job.checkpoint, race: job.race },
    onColumns: () => undefined,
    enter: (phase) => {
      isLearning = phase === null;
    },
    update: (value, max) => {
      // The end of a training is not known before it comes.
      if (isLearning) longest = Math.max(longest, max ? value / max : value / (value + 10));
      onProgress(longest);
    },
    onMessage: () => undefined,
    onBackend: () => undefined,
    onNotice: () => undefined,
    onCheckpoint: async () => undefined,
  };
}
