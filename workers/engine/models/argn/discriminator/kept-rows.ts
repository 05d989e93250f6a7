import { hash, hashText, uniformAt } from '../../../../../src/domain/random';
import type { SamplePoint } from '../../model';
import { brokenModel } from '../../stored/broken-model';
import type { CodeBlock } from '../sampling/sample-codes';
import { type Discriminator, keepProbability } from './discriminator';
import type { Codes } from './seen-codes';
import { TreeScores } from './tree-scores';

/** More rows are drawn than are needed on average, by this share and number. */
const SPARE_SHARE = 0.02;
const SPARE_ROWS = 32;
/** The first round is nearly always enough: a model that keeps none was changed by hand. */
const MAX_ROUNDS = 100;

/**
 * Rows of the model, drawn until enough are kept: each with the odds that the discriminator gives it (rejection sampling;
 * Azadi et al. 2019, "Discriminator rejection sampling"). Kept rows are spread evenly: a row is kept where the running
 * sum of probabilities passes a whole number (systematic sampling), so their number varies little.
 * @param draw gives that many rows of a seed, in blocks, from one of them on
 * @param seen codes as the trees see them
 * @param from where to begin, in the middle of them
 */
export async function* keptRows(
  discriminator: Discriminator,
  rows: number,
  seed: number,
  draw: (rows: number, seed: number, from: number) => AsyncIterable<CodeBlock>,
  seen: (codes: Codes) => Codes = (codes) => codes,
  from?: SamplePoint,
): AsyncGenerator<CodeBlock> {
  const { trees, keptShare } = discriminator;
  const scores = new TreeScores(trees);
  let row0 = from?.row0 ?? 0;
  let past = from?.kept;
  for (let round = past?.round ?? 0; row0 < rows; round++) {
    if (round >= MAX_ROUNDS) throw brokenModel('keeps hardly any of the rows that it draws');
    const own = round === 0 ? seed : hash(seed, hashText('further rows'), round);
    const fitting = Math.ceil(((rows - row0) / keptShare) * (1 + SPARE_SHARE)) + SPARE_ROWS;
    const wanted = past?.wanted ?? fitting;
    let sum = past?.sum ?? uniformAt(own, hashText('kept rows'));
    const drawn = past?.drawn ?? 0;
    past = undefined;
    for await (const { row0: first, point: drawable, codes, seconds } of draw(wanted, own, drawn)) {
      const point = { row0, kept: { round, drawn: first, wanted, sum } };
      const kept: number[] = [];
      scores.sums(seen(codes)).forEach((logOdds, row) => {
        const before = Math.floor(sum);
        sum += keepProbability(logOdds);
        if (Math.floor(sum) > before && row0 + kept.length < rows) kept.push(row);
      });
      const block = codes.map((part) => Uint16Array.from(kept, (row) => part[row]!));
      if (kept.length > 0)
        yield { row0, rows: kept.length, codes: block, seconds, ...(drawable && { point }) };
      row0 += kept.length;
      if (row0 >= rows) return;
    }
  }
}
