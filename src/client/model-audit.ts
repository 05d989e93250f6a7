/** The white-box audit of a generator's model, for its reports and for the archive that it leaves in. */
import { errorText, isCanceled, isLost, UserError } from '../domain/errors';
import type { Generator } from '../domain/generators';
import { type AuditOutcome, type NoAudit, tooFewUnseen } from '../domain/model-audit';
import { capabilitiesOf } from '../domain/model-configuration';
import { onlyTable } from '../domain/only-table';
import { reportRows, trainingRows } from '../domain/row-plan';
import { atTable } from '../domain/source-versions';
import { learnsNothing } from '../domain/unlearned-words';
import { earlierTables } from '../domain/version-users';
import type { ClientContext } from './context';
import type { RunningJob } from './job-run';

/**
 * What the audit of a generator found, or why there is none; it is kept with the generator, and asked again where there was none.
 * Nothing but the end of the job, or of a worker, makes it throw: what it was asked for does without.
 */
export async function auditOf(
  context: ClientContext,
  id: string,
  job: RunningJob,
): Promise<AuditOutcome | NoAudit> {
  const { generators, sources } = context;
  const generator = generators.get(id);
  const { audit: known } = generator;
  // What came with an import stands as long as its rows do not come.
  if (
    known &&
    ('audit' in known || (generator.imported && !sources.has(onlyTable(generator.config).sourceId)))
  )
    return known;
  const outcome = await audit(context, generator, job).catch((error: unknown): NoAudit => {
    if (isCanceled(error) || job.isCanceled() || isLost(error)) throw error;
    return { reason: errorText(error) };
  });
  if (generators.has(id)) generators.patch(id, { audit: outcome });
  return outcome;
}

async function audit(
  { restorer, sources, workers }: ClientContext,
  generator: Generator,
  job: RunningJob,
): Promise<AuditOutcome | NoAudit> {
  const { config, continues } = generator;
  const table = onlyTable(config);
  const { modelId, columns, subject, holdoutTableId: checkedTableId } = onlyTable(generator);
  if (learnsNothing(columns))
    return { reason: 'Nothing was learned: the model holds no likelihood of a row.' };
  if (!capabilitiesOf(table.tabularModelConfiguration).logProbability)
    return { reason: 'Models of this family say no likelihoods of rows.' };
  const { sourceId, tableId, holdoutSourceId } = table;
  const readable = (source: string, ofTable: string | null) => {
    const found = sources.has(source) ? sources.get(source) : undefined;
    const version = ofTable === null ? found : found && atTable(found, ofTable);
    if (version) return version;
    throw new UserError(
      'not-found',
      'The rows that the model learned, or those that it did not, are not here, so nothing can be compared.',
    );
  };
  const source = readable(sourceId, tableId);
  const holdout = holdoutSourceId === null ? null : readable(holdoutSourceId, checkedTableId ?? null);
  await restorer.source(source, job);
  for (const earlier of earlierTables(continues?.rows))
    await restorer.source(readable(sourceId, earlier), job);
  if (holdout) await restorer.source(holdout, job);
  await restorer.model(generator);
  const { rowCount, columns: profiles } = onlyTable(source);
  const planned = { ...config, earlierRows: continues?.rows };
  const holdoutTableId = holdout && onlyTable(holdout).id;
  const rows = reportRows(planned, rowCount, subject, holdoutTableId);
  const seed = config.randomState;
  const { scores, tooFew } = await job.ask(workers.engine, ['AUDIT_MODEL', 'percent'], (engine) =>
    engine.audit(job.id, {
      ...{ modelId, table, profiles, columns, holdout: rows.holdout, randomState: seed },
      training: { tableId, rows: trainingRows(planned, rowCount, subject) },
    }),
  );
  if (!scores) return tooFewUnseen(tooFew!);
  return job.ask(workers.quality, ['CREATE_DATA_REPORT', 'comparisons'], (quality) =>
    quality.auditFigures(job.id, scores, seed),
  );
}

/** The parts of a report that tell of it. */
export function toldBy(outcome: AuditOutcome | NoAudit) {
  return 'audit' in outcome
    ? { modelAudit: outcome.audit, exposedRows: outcome.exposed }
    : { modelAudit: outcome };
}
