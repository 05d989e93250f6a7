import { createSearcher, type SearchApi } from './distances/search-task';
import { createPartThread, type PartApi } from './parts/part-tasks';

/** A thread that shares the work of a report. */
export type ReportThreadApi = SearchApi & PartApi;

/** The thread's side. */
export function createReportThread(): ReportThreadApi {
  return { ...createSearcher(), ...createPartThread() };
}
