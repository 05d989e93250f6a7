/** What crosses between the quality worker and the workers that search closest records for it. */
import type { Helper, HelperApi } from '../../../src/threads/helper';
import type { PointTree } from './nearest';

export type TreeName = 'training' | 'synthetic' | 'holdout';
export type PointTrees = Readonly<Record<TreeName, PointTree | null>>;

/** Consecutive queries, by place in their tree. */
export interface SearchRange {
  readonly queries: TreeName;
  readonly tree: TreeName;
  readonly from: number;
  readonly to: number;
}

export interface SearchApi extends HelperApi {
  open(trees: PointTrees): Promise<void>;
  /** @returns distances of the queries, in the order of their places */
  search(range: SearchRange): Promise<Float64Array>;
}

/** Workers that can be started for a report. */
export interface SearchSupply {
  /** At most. */
  readonly threads: number;
  readonly start: () => Promise<Helper<SearchApi>>;
}
