import { fileNameOf } from '../domain/file-name';
import { ReportLimits } from '../domain/report-limits';
import { withTargets } from '../domain/synthetic-datasets';
import { parseConfig } from '../domain/zod';
import type { ReportsApi } from './api';
import type { ClientContext } from './context';
import type { DrawReport } from './draw-files';
import { listsOf } from './lists';

/** Reports of synthetic datasets. */
export function createReports(context: ClientContext, drawReport: DrawReport): ReportsApi {
  const { datasets, jobs, keeper, reports, workers } = context;
  return {
    get: (id) => reports.get(id),
    read: async (id) => (await files()).readReport(workers, reports.get(id)),
    async download(id, format) {
      const whole = await (await files()).readReport(workers, reports.get(id));
      const name =
        whole.evaluated?.files.synthetic.name ??
        (datasets.has(whole.syntheticDatasetId)
          ? datasets.get(whole.syntheticDatasetId).config.name
          : 'rows that were deleted');
      const { REPORT_FORMATS, reportCsv, reportJson } = await import('../domain/report-exports');
      const write = { html: drawReport, json: reportJson, csv: reportCsv }[format];
      const { extension, type } = REPORT_FORMATS[format];
      return new File([await write(whole, name)], `${fileNameOf(`${name}-report`)}.${extension}`, { type });
    },
    async verdict(id) {
      const { privacyVerdict } = await import('../domain/privacy-verdict');
      return privacyVerdict(reports.get(id));
    },
    ...listsOf(context, 'report', reports),
    async delete(id) {
      const { syntheticDatasetId } = reports.get(id);
      reports.delete(id);
      if (datasets.has(syntheticDatasetId) && datasets.get(syntheticDatasetId).reportId === id)
        datasets.patch(syntheticDatasetId, { reportId: null });
      await keeper.flush();
    },
    async create(id, options = {}) {
      const resource = { kind: 'synthetic-dataset', id, name: datasets.get(id).config.name } as const;
      if (options.attacked) datasets.patch(id, { attacked: options.attacked });
      if (options.targets)
        datasets.patch(id, { config: withTargets(datasets.get(id).config, options.targets) });
      if (options.limits)
        datasets.patch(id, {
          reportLimits: parseConfig(ReportLimits, options.limits, 'limits of the report'),
        });
      const plan = { kind: 'report', resource, what: 'The report' } as const;
      return jobs.start(
        plan,
        async (job) => (await import('./write-report')).writeReport(context, id, job),
        options,
      );
    },
  };
}

/** Loaded when a report is read: the first screen does without what checks its charts. */
const files = () => import('./report-files');
