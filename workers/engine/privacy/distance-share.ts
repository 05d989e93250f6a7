/** A distance share and how sure it is. */
export interface DistanceShare {
  /** ½ for samples that know nothing of the training rows in particular, 1 for copies of them. */
  readonly share: number;
  readonly standardError: number;
}

/**
 * Share of the samples that a training row attracts against an unseen row, ties divided evenly. With equally many of
 * both this is the DCR share (docs/metrics.md); with more training rows it is what that share would be if there were as
 * many unseen ones, without leaving training rows out, whose copies would then go unnoticed.
 *
 * The standard error is that of the share when the labels “trained” and “unseen” are dealt to the same rows at
 * random. It covers the samples and the choice of both sets, and allows for rows that attract many samples.
 * @param attracted by row: training rows first
 */
export function distanceShare(attracted: Float64Array, training: number): DistanceShare {
  const rows = attracted.length;
  const unseen = rows - training;
  let toTraining = 0;
  let samples = 0;
  for (let r = 0; r < rows; r++) {
    samples += attracted[r]!;
    if (r < training) toTraining += attracted[r]!;
  }
  const perTraining = toTraining / training;
  const perUnseen = (samples - toTraining) / unseen;
  const mean = samples / rows;
  let squares = 0;
  for (let r = 0; r < rows; r++) squares += (attracted[r]! - mean) ** 2;
  // A draw of `training` of the rows without replacement; then the slope of the share in their part at ½.
  const deviation = Math.sqrt((training * unseen * squares) / (rows * Math.max(rows - 1, 1)));
  return {
    share: perTraining / (perTraining + perUnseen),
    standardError: ((deviation / samples) * rows * rows) / (4 * training * unseen),
  };
}

/**
 * The same over cross-fitted models, where each row is unseen by one of them: samples that a row attracts as a trained
 * row against those it attracts as an unseen one. Each row is compared with itself, so differences between rows do not
 * add to the standard error (rows are taken as independent).
 * @param trained by row: samples attracted on average over the models that learned it
 * @param unseen by row: samples attracted of the model that did not
 */
export function pairedDistanceShare(trained: Float64Array, unseen: Float64Array): DistanceShare {
  const rows = trained.length;
  let a = 0;
  let b = 0;
  for (let r = 0; r < rows; r++) {
    a += trained[r]!;
    b += unseen[r]!;
  }
  const mean = (a - b) / rows;
  let squares = 0;
  for (let r = 0; r < rows; r++) squares += (trained[r]! - unseen[r]! - mean) ** 2;
  const deviation = Math.sqrt((squares * rows) / Math.max(rows - 1, 1));
  return { share: a / (a + b), standardError: deviation / (2 * (a + b)) };
}
