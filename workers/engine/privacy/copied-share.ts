/** Share of samples that repeat a row of the training, beyond what chance does, and how sure it is. */
export interface CopiedShare {
  /** 0 for a model that knows nothing of the training rows in particular, 1 for copies alone; may be negative. */
  readonly copied: number;
  readonly standardError: number;
}

/**
 * Copies among the samples: those that repeat a training row, less what as many rows that the model did not learn
 * attract. The standard error is that of this share when the labels “trained” and “unseen” are dealt to the same rows
 * at random: a draw without replacement. It covers the samples and the choice of both sets.
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
  const rows = attracted.length;
  const unseen = rows - training;
  let toTraining = 0;
  let all = 0;
  let squares = 0;
  for (let r = 0; r < rows; r++) {
    all += attracted[r]!;
    squares += attracted[r]! ** 2;
    if (r < training) toTraining += attracted[r]!;
  }
  const scale = learned / samples;
  const variance = Math.max(0, squares - all ** 2 / rows) / Math.max(rows - 1, 1);
  return {
    copied: scale * (toTraining / training - (all - toTraining) / unseen),
    standardError: scale * Math.sqrt((variance * rows) / (training * unseen)),
  };
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
