import type { PrivacyRelease } from '../../../../src/domain/differential-privacy';
import { noisyCounts } from './discrete-gaussian';
import { chooseByScore } from './exponential-mechanism';
import { composeGaussian, epsilonOfGaussian, muOfSelection, rangeOfSelection } from './gaussian-privacy';
import type { RandomBits } from './random-bits';

/**
 * What may be asked of private rows and what was: every number that depends on rows is released through here, and is
 * refused once the budget is spent.
 */
export class PrivacyBudget {
  readonly bits: RandomBits;
  /** Rows of one subject at most. */
  readonly rowsPerSubject: number;
  readonly #mu: number;
  readonly #released = new Map<string, { count: number; squared: number }>();
  #squared = 0;

  /** @param mu what may be spent, in Gaussian differential privacy */
  constructor(bits: RandomBits, mu: number, rowsPerSubject = 1) {
    this.bits = bits;
    this.#mu = mu;
    this.rowsPerSubject = rowsPerSubject;
  }

  /** μ² that may be spent, and that was. */
  get squared(): number {
    return this.#mu * this.#mu;
  }

  get spent(): number {
    return this.#squared;
  }

  /** How many counts and choices were released. */
  get releases(): number {
    return [...this.#released.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** Deviation of the noise of a release that costs this share of the budget, in rows. */
  sigmaOf(share: number): number {
    return this.rowsPerSubject / Math.sqrt(share * this.squared);
  }

  /**
   * Counts of rows in disjoint cells with noise.
   * @param what names the release in the ledger
   * @param share of the budget, in μ²
   * @throws Error once the budget is spent: a mistake in a plan
   */
  count(what: string, counts: ArrayLike<number>, share: number): Float64Array {
    this.#spend(what, share * this.squared);
    return noisyCounts(this.bits, counts, this.sigmaOf(share));
  }

  /** Index of one of the best scores. A row moves each score by at most 1. */
  choose(what: string, scores: readonly number[], share: number): number {
    if (scores.length === 1) return 0;
    const epsilon = rangeOfSelection(Math.sqrt(share * this.squared));
    this.#spend(what, muOfSelection(epsilon) ** 2);
    return chooseByScore(this.bits, scores, epsilon, this.rowsPerSubject);
  }

  /** What was released, one entry for each purpose, with the ε that it would cost alone. */
  ledger(delta: number): PrivacyRelease[] {
    return [...this.#released].map(([what, { count, squared }]) => {
      const mu = Math.sqrt(squared);
      return { what, releases: count, mu, epsilon: epsilonOfGaussian(mu, delta) };
    });
  }

  /** μ of all releases together. */
  total(): number {
    return composeGaussian([Math.sqrt(this.#squared)]);
  }

  #spend(what: string, squared: number): void {
    this.#squared += squared;
    if (this.#squared > this.squared * (1 + 1e-9)) throw new Error(`The privacy budget is spent: ${what}`);
    const before = this.#released.get(what) ?? { count: 0, squared: 0 };
    this.#released.set(what, { count: before.count + 1, squared: before.squared + squared });
  }
}
