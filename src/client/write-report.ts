import { canceledError, UserError } from '../domain/errors';
import type { GeneratorColumn } from '../domain/generators';
import { newId } from '../domain/ids';
import { onlyTable } from '../domain/only-table';
import { asCounted } from '../domain/private-training';
import type { Report } from '../domain/reports';
import { reportRows } from '../domain/row-plan';
import { atTable } from '../domain/source-versions';
import { protectedUnitInWords } from '../domain/subject-words';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import { learnsNothing, unlearnedSentence, writtenSentences } from '../domain/unlearned-words';
import { earlierTables } from '../domain/version-users';
import type { ClientContext } from './context';
import { hashesOf } from './file-hashes';
import type { RunningJob } from './job-run';
import { auditOf, toldBy } from './model-audit';
import { withChartsFile } from './report-files';
import { provenanceOf } from './report-provenance';
import { removeFiles } from './restore';

/** The part of a job that compares a synthetic dataset with the original and keeps the report. */
export async function writeReport(
  context: ClientContext,
  datasetId: string,
  job: RunningJob,
): Promise<Report> {
  const { datasets, generators, keeper, reports, restorer, sources, workers } = context;
  const dataset = datasets.get(datasetId);
  const generator = generators.get(dataset.config.generatorId);
  const table = onlyTable(generator.config);
  const { sourceId, holdoutSourceId } = table;
  if (!sources.has(sourceId) || (holdoutSourceId !== null && !sources.has(holdoutSourceId))) {
    throw new UserError(
      'report/failed',
      generator.imported
        ? `There is no report: it compares with the rows trained on, and “${generator.imported.source.file}” is not here.`
        : 'The report compares with the original rows, and their source was deleted. Import it again and train anew.',
    );
  }
  const { subject, columns, rules, holdoutTableId: checkedTableId } = onlyTable(generator);
  const { targets } = onlyTable(dataset.config).configuration;
  const holdoutTableId =
    holdoutSourceId === null ? null : (checkedTableId ?? onlyTable(sources.get(holdoutSourceId)).id);
  const earlierRows = generator.continues?.rows;
  const needed = [
    { id: sourceId, tableId: table.tableId },
    ...earlierTables(earlierRows).map((tableId) => ({ id: sourceId, tableId })),
    ...(holdoutTableId === null ? [] : [{ id: holdoutSourceId!, tableId: holdoutTableId }]),
  ].map(({ id, tableId }) => ({ source: sources.get(id), version: atTable(sources.get(id), tableId) }));
  const gone = needed.find(({ version }) => !version);
  if (gone) {
    throw new UserError(
      'report/failed',
      `The report needs the rows of a version of ${gone.source.name} that was removed. Train anew on a version that is there.`,
    );
  }
  await restorer.rows(dataset);
  for (const { version } of needed) await restorer.source(version!, job);
  const { rowCount } = onlyTable(needed[0]!.version!);
  const audit = toldBy(await auditOf(context, generator.id, job));
  const measured = await job.ask(workers.quality, ['CREATE_DATA_REPORT', 'comparisons'], (quality) =>
    quality.evaluate(job.id, {
      reportId: newId(),
      syntheticDatasetId: datasetId,
      syntheticTableId: onlyTable(dataset).id,
      columns: columns
        .filter(({ decision }) => decision.role === 'feature' && !decision.identifiesSubjects)
        .map(({ name }) => name),
      ...(table.primaryKey !== null && { keyColumns: [table.primaryKey] }),
      rules,
      ...reportRows({ ...generator.config, earlierRows }, rowCount, subject, holdoutTableId),
      randomState: dataset.config.randomState,
      original: 'training+holdout',
      ...(dataset.attacked && { attacked: dataset.attacked }),
      ...(targets && { targets }),
      ...(dataset.reportLimits && { limits: dataset.reportLimits }),
    }),
  );
  const { valueProtection, privacyGuard } = table.tabularModelConfiguration;
  const unit = protectedUnitInWords({
    subject,
    isDeclared: table.subjectColumns !== null,
    valueProtection,
    privacyGuard: privacyGuard && !learnsNothing(columns),
  });
  const { summary } = generator;
  const ledger = summary?.differentialPrivacy;
  // A guarantee speaks of its own subjects.
  const privacy = ledger ? [] : unit;
  const compared = unlearnedNote(asCounted(columns, table.tabularModelConfiguration));
  const notes = [
    ...early(dataset),
    ...thinned(dataset, measured.rows.synthetic),
    ...privacy,
    ...(compared === null ? [] : [compared]),
    ...measured.notes,
  ];
  const hidden = summary?.hidden ?? [];
  const { unprotected } = dataset;
  const whole = {
    ...measured,
    ...audit,
    notes,
    hidden,
    unprotected,
    ...(ledger ? { differentialPrivacy: ledger } : { privacyGuard: summary?.privacyGuard ?? null }),
    ...(summary?.isolatedRows !== undefined && { isolatedRows: summary.isolatedRows }),
  };
  const filesOf = [...needed.map(({ version }) => version ?? null), onlyTable(dataset).stored ?? null];
  const split = await withChartsFile(workers, {
    ...whole,
    provenance: provenanceOf(generator, dataset, needed, await hashesOf(workers, filesOf)),
  });
  if (job.isCanceled() || !datasets.has(datasetId)) {
    if (split.charts !== undefined) await removeFiles(workers, [split.charts]);
    throw canceledError('The report');
  }
  const report = reports.put(split);
  generators.patch(generator.id, { metrics: report.metrics });
  datasets.patch(datasetId, { reportId: report.id, error: null });
  await keeper.flush().catch(job.note);
  return report;
}

/** Which columns the report does not compare, and how they were written. */
function unlearnedNote(columns: readonly GeneratorColumn[]): string | null {
  const sentence = unlearnedSentence(columns);
  if (sentence === null) return null;
  const compared = learnsNothing(columns) ? '' : 'Learned columns alone are compared. ';
  return `${compared}${sentence} ${writtenSentences(columns).join(' ')}`;
}

/** Says how many of the rows the report looked at. */
function thinned({ summary }: SyntheticDataset, compared: number): string[] {
  if (!summary || summary.rows <= compared) return [];
  const [all, some] = [summary.rows, compared].map((rows) => rows.toLocaleString('en-US'));
  return [`Of ${all} synthetic rows, ${some} were compared, thinned evenly.`];
}

/** Says of rows that they are fewer than were asked for. */
function early({ summary }: SyntheticDataset): string[] {
  if (summary?.asked === undefined) return [];
  const [made, asked] = [summary.rows, summary.asked].map((rows) => rows.toLocaleString('en-US'));
  return [`The generation was ended early: ${made} of the ${asked} rows that were asked for were made.`];
}
