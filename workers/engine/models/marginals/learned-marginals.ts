import type { ColumnSchema } from '../../../../src/domain/column-data';
import type { PrivacyLedger } from '../../../../src/domain/differential-privacy';
import type { RareCategoryReplacementMethod } from '../../../../src/domain/model-settings';
import type { ColumnDomain } from './column-domain';
import type { TreeNode } from './tree-model';

/** How codes of a column become values. */
export interface LearnedColumn {
  readonly schema: Pick<ColumnSchema, 'name' | 'storageType'>;
  /** Values come as numbers. */
  readonly numeric: boolean;
  readonly outputIndex: number;
  readonly domain: ColumnDomain;
  /** [codes] group of each code. */
  readonly groups: readonly number[];
  /** [codes] noisy counts, ≥ 0. */
  readonly counts: readonly number[];
  /** What stands for categories below the threshold: a word, or a frequent category. */
  readonly hiddenAs: RareCategoryReplacementMethod;
}

/** What the family stores: noisy counts and the domains that were released. Plain JSON. */
export interface LearnedMarginals {
  readonly columns: readonly LearnedColumn[];
  readonly nodes: readonly TreeNode[];
  /** Of pairs of columns, those beyond the tree included; empty if the tree says it all. */
  readonly factors: readonly {
    readonly a: number;
    readonly b: number;
    readonly factors: readonly number[];
  }[];
  readonly ledger: PrivacyLedger;
}
