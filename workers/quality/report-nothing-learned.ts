import { columnLength } from '../../src/domain/column-data';
import type { WholeReport } from '../../src/domain/reports';
import { ALL_ROWS, type RowSelection } from '../../src/domain/split';
import { NOTHING_COMPARED } from '../../src/domain/unlearned-words';
import type { EvaluateRequest } from './protocol';
import type { ColumnSource } from './read-sets';

/**
 * The report on rows of which no column was learned: how many there are, and why no figure can be computed. Nothing of
 * the rows is compared, since whatever agreed would agree by chance.
 * @param started of the report, by `performance.now`
 */
export async function reportNothingLearned(
  request: EvaluateRequest,
  source: ColumnSource,
  started: number,
): Promise<WholeReport> {
  const count = async (tableId: string, rows: RowSelection) => {
    const [column] = (await source.describe(tableId)).columns;
    if (!column) return 0;
    const [data] = await source.readParts(tableId, column.name, [rows]);
    return columnLength(data!);
  };
  const { training, holdout, syntheticTableId } = request;
  return {
    id: request.reportId,
    syntheticDatasetId: request.syntheticDatasetId,
    createdAt: new Date().toISOString(),
    rows: {
      training: await count(training.tableId, training.rows),
      holdout: holdout ? await count(holdout.tableId, holdout.rows) : 0,
      synthetic: await count(syntheticTableId, ALL_ROWS),
    },
    distanceRows: 0,
    holdout: holdout?.origin ?? 'none',
    metrics: { accuracy: NO_ACCURACY, distances: NO_DISTANCES },
    univariate: [],
    bivariate: [],
    bivariateScores: [],
    dependences: { notable: 0, weaker: [] },
    trivariateScores: [],
    rules: [],
    dateColumns: [],
    distances: null,
    notes: [NOTHING_COMPARED],
    seconds: (performance.now() - started) / 1000,
  };
}

const NO_ACCURACY: WholeReport['metrics']['accuracy'] = {
  ...{ overall: null, univariate: null, bivariate: null, trivariate: null },
  ...{ overallMax: null, univariateMax: null, bivariateMax: null, trivariateMax: null },
};

const NO_DISTANCES: WholeReport['metrics']['distances'] = {
  ...{ imsTraining: null, imsHoldout: null, imsTrnHol: null },
  ...{ dcrTraining: null, dcrHoldout: null, dcrTrnHol: null, dcrShare: null, dcrShareStandardError: null },
};
