import { hash, hashText, uniformAt } from '../../../../../src/domain/random';
import type { CodeBlock } from '../sampling/sample-codes';
import { type Discriminator, keepProbability } from './discriminator';
import type { Codes } from './seen-codes';
import { TreeScores } from './tree-scores';

/** More rows are drawn than are needed on average, by this share and number. */
const SPARE_SHARE = 0.02;
const SPARE_ROWS = 32;

/**
 * Rows of the model, drawn until enough are kept: each with the odds that the discriminator gives it (rejection sampling;
 * Azadi et al. 2019, "Discriminator rejection sampling"). Kept rows are spread evenly: a row is kept where the running
 * sum of probabilities passes a whole number (systematic sampling), so their number varies little.
 * @param draw gives that many rows of a seed, in blocks
 * @param seen codes as the trees see them
 */
export async function* keptRows(
  discriminator: Discriminator,
  rows: number,
  seed: number,
  draw: (rows: number, seed: number) => AsyncIterable<CodeBlock>,
  seen: (codes: Codes) => Codes = (codes) => codes,
): AsyncGenerator<CodeBlock> {
  const { trees, keptShare } = discriminator;
  const scores = new TreeScores(trees);
  let row0 = 0;
  for (let round = 0; row0 < rows; round++) {
    const own = round === 0 ? seed : hash(seed, hashText('further rows'), round);
    const wanted = Math.ceil(((rows - row0) / keptShare) * (1 + SPARE_SHARE)) + SPARE_ROWS;
    let sum = uniformAt(own, hashText('kept rows'));
    for await (const { codes, seconds } of draw(wanted, own)) {
      const kept: number[] = [];
      scores.sums(seen(codes)).forEach((logOdds, row) => {
        const before = Math.floor(sum);
        sum += keepProbability(logOdds);
        if (Math.floor(sum) > before && row0 + kept.length < rows) kept.push(row);
      });
      const block = codes.map((part) => Uint16Array.from(kept, (row) => part[row]!));
      if (kept.length > 0) yield { row0, rows: kept.length, codes: block, seconds };
      row0 += kept.length;
      if (row0 >= rows) return;
    }
  }
}
