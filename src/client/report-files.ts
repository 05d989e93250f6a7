/** Charts of reports: in a file of the record, so that lists do not read them. */
import { UserError } from '../domain/errors';
import { chartsText, readCharts, splitReport, wholeReport } from '../domain/report-charts';
import type { Report, WholeReport } from '../domain/reports';
import { pause } from '../threads/thread';
import type { ClientContext } from './context';

/** Bytes of charts that are read: a hundred times those of a wide table. */
const MAX_BYTES = 256 << 20;

/**
 * A report as its record will hold it: its charts, if it holds any, are in a file. Where that cannot be written they stay
 * in the record, which is tried again when there is space.
 */
export async function withChartsFile(workers: ClientContext['workers'], whole: Report): Promise<Report> {
  const { report, charts } = splitReport(whole);
  if (!charts) return whole;
  try {
    const file = new File(await chartsText(charts, pause), 'charts.json', { type: 'application/json' });
    return { ...report, charts: await (await workers.workspace()).keep(file) };
  } catch {
    return whole;
  }
}

/**
 * A report with a copy of its charts: each file belongs to one record. Charts that are gone are not named by the copy, and
 * those in the record go into a file.
 */
export async function copyOfReport(workers: ClientContext['workers'], report: Report): Promise<Report> {
  const { charts, ...rest } = report;
  if (charts === undefined) return withChartsFile(workers, report);
  const workspace = await workers.workspace();
  const file = await workspace.read(charts).catch(() => null);
  return file ? { ...rest, charts: await workspace.keep(file) } : rest;
}

/** A report with its charts. @throws UserError `not-found` if they are gone or have another form */
export async function readReport(workers: ClientContext['workers'], report: Report): Promise<WholeReport> {
  if (report.charts === undefined) {
    const whole = await wholeReport(report, pause);
    if (whole) return whole;
    throw gone('are not in it');
  }
  const file = await (await workers.workspace()).read(report.charts).catch(() => null);
  if (!file) throw gone('are gone: their file is not there');
  const charts = file.size > MAX_BYTES ? null : await readCharts(await file.text(), pause);
  if (!charts) throw gone('cannot be read: their file was changed, or is of a later version of Doppelgrid');
  return { ...report, ...charts };
}

function gone(how: string): UserError {
  return new UserError(
    'not-found',
    `The charts of this report ${how}. Its scores stay. Write the report again from the rows to get new ones.`,
  );
}
