import type { Comparison } from '../domain/comparison';
import type { WholeReport } from '../domain/reports';

/** Draws a report as an HTML document. @param name of the rows that it is about */
export type DrawReport = (report: WholeReport, name: string) => Promise<string>;

/** Draws the comparison of several files as an HTML document. */
export type DrawComparison = (comparison: Comparison) => Promise<string>;

/** What writes HTML files: the page has the charts. */
export interface DrawFiles {
  readonly report: DrawReport;
  readonly comparison: DrawComparison;
}
