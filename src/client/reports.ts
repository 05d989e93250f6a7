import { UserError } from '../domain/errors';
import { guardSentence } from '../domain/privacy-guard';
import type { Report } from '../domain/reports';
import type { ReportsApi } from './api';
import type { ClientContext } from './context';
import { abortable } from './jobs';
import { reportRows } from './rows';

/** Reports of synthetic datasets; also what `syntheticDatasets.generate` ends with. */
export function createReports(context: ClientContext): {
  api: ReportsApi;
  evaluate: (datasetId: string, jobId: string) => Promise<string>;
} {
  async function compute(datasetId: string, jobId: string): Promise<Report> {
    const dataset = context.datasets.get(datasetId);
    const generator = context.generators.get(dataset.config.generatorId);
    const table = generator.config.tables[0]!;
    const sources = [table.sourceId, table.holdoutSourceId ?? table.sourceId];
    if (!sources.every((id) => context.sources.has(id))) {
      throw new UserError(
        'report/failed',
        'The report compares with the original rows, and their source was deleted. Import it again and train anew.',
      );
    }
    const { training, holdout } = reportRows(generator, context.sources.get(table.sourceId).table.rowCount);
    context.jobs.awaitWorker(jobId, 'CREATE_DATA_REPORT', 'comparisons');
    const quality = await context.workers.quality();
    const measured = await quality.evaluate(jobId, {
      reportId: context.reports.nextId(),
      syntheticDatasetId: datasetId,
      columns: generator.columns
        .filter(({ decision }) => decision.role === 'feature')
        .map(({ name }) => name),
      training,
      holdout,
      randomState: dataset.config.randomState,
      original: 'training+holdout',
    });
    const report = {
      ...measured,
      notes: [guardSentence(generator.summary?.privacyGuard ?? null), ...measured.notes],
    };
    context.reports.put(report);
    context.generators.patch(generator.id, { metrics: report.metrics });
    return report;
  }

  return {
    evaluate: async (datasetId, jobId) => (await compute(datasetId, jobId)).id,
    api: {
      get: (id) => context.reports.get(id),
      list: () => context.reports.list(),
      async create(datasetId, options = {}) {
        const jobId = context.jobs.open('report', options.onProgress);
        try {
          const report = await abortable(
            'The report',
            options.signal,
            () => compute(datasetId, jobId),
            async () => (await context.workers.quality()).cancel(jobId),
          );
          context.datasets.patch(datasetId, { reportId: report.id });
          return report;
        } finally {
          context.jobs.close(jobId);
        }
      },
    },
  };
}
