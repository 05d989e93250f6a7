/** Share of samples that repeat a row of the training, beyond what chance does, and how sure it is. */
export interface CopiedShare {
  /** 0 for a model that knows nothing of the training rows in particular, 1 for copies alone; may be negative. */
  readonly copied: number;
  readonly standardError: number;
}

/**
 * Copies among the samples: those that repeat a training row, less what as many rows that the model did not learn
 * attract. The standard error is that of the difference of two means with variances of their own (Welch 1947), where the
 * unseen rows count as if they had attracted one sample more: none among a few rows does not mean none among many.
 * @param attracted samples by row: training rows first
 * @param training how many those are
 * @param learned training rows in all, of which these may be a sample
 */
export function copiedShare(
  attracted: Float64Array,
  training: number,
  learned: number,
  samples: number,
): CopiedShare {
  const scale = learned / samples;
  const trained = meanOf(attracted.subarray(0, training), 0);
  const unseen = meanOf(attracted.subarray(training), 1);
  return {
    copied: scale * (trained.mean - unseen.mean),
    standardError: scale * Math.sqrt(trained.variance + unseen.variance),
  };
}

/** Mean of the counts, and the variance of that mean as if there were some more, each at a row of its own. */
function meanOf(counts: Float64Array, more: number): { mean: number; variance: number } {
  const rows = counts.length;
  let sum = 0;
  let squares = more;
  for (const count of counts) {
    sum += count;
    squares += count ** 2;
  }
  const variance = Math.max(0, squares - (sum + more) ** 2 / rows) / Math.max(rows - 1, 1);
  return { mean: sum / rows, variance: variance / rows };
}

/**
 * The same over cross-fitted models, where each row is unseen by one of them: samples that a row attracts as a trained
 * row against those it attracts as an unseen one. Each row is compared with itself, so differences between rows do not
 * add to the standard error (rows are taken as independent).
 * @param trained by row: samples attracted on average over the models that learned it
 * @param unseen by row: samples attracted of the model that did not
 * @param learned rows that each model learned
 * @param samples of each model
 */
export function pairedCopiedShare(
  trained: Float64Array,
  unseen: Float64Array,
  learned: number,
  samples: number,
): CopiedShare {
  const rows = trained.length;
  let sum = 0;
  for (let r = 0; r < rows; r++) sum += trained[r]! - unseen[r]!;
  const mean = sum / rows;
  let squares = 0;
  for (let r = 0; r < rows; r++) squares += (trained[r]! - unseen[r]! - mean) ** 2;
  const scale = learned / samples;
  return {
    copied: scale * mean,
    standardError: scale * Math.sqrt(squares / (Math.max(rows - 1, 1) * rows)),
  };
}
