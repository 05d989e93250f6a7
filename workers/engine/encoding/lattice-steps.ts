/**
 * Steps that the values of a column may be multiples of, beside all small ones: round decimal numbers and parts of
 * hours and days at every magnitude, and whatever step the data show.
 */

/** Every step up to this one is tried. */
const MAX_PLAIN = 200;
/** Times 100, 1,000, … */
const ROUND = [1, 1.2, 1.25, 1.5, 2, 2.4, 2.5, 3, 3.6, 4, 5, 6, 7.5, 8, 9] as const;
const DECIMAL = [1, 2, 2.5, 5];
const SEXAGESIMAL = [12, 15, 30, 60, 900, 1800, 3600];
/** Steps that the data themselves propose, at most. */
const MAX_PROPOSED = 8;
/** Triples of neighbours that propose steps. */
const TRIPLES = 600;
/** Triples that must agree. */
const MIN_VOTES = 5;

/**
 * Steps from 2 to `largest`, ascending.
 * @param values distinct, ascending, integers
 */
export function candidateSteps(values: ArrayLike<number>, largest: number): number[] {
  const steps = new Set<number>();
  for (let step = 2; step <= Math.min(MAX_PLAIN, largest); step++) steps.add(step);
  for (let scale = 100; scale <= largest; scale *= 10) {
    for (const round of ROUND) if (round * scale <= largest) steps.add(Math.round(round * scale));
  }
  for (const step of proposedSteps(values)) if (step > MAX_PLAIN && step <= largest) steps.add(step);
  return [...steps].sort((a, b) => a - b);
}

/** 1, 2, 2.5 or 5 times a power of ten, or a usual part of a minute or an hour. */
export function isRoundStep(step: number): boolean {
  const power = 10 ** Math.floor(Math.log10(step) + 1e-9);
  return DECIMAL.includes(step / power) || SEXAGESIMAL.includes(step);
}

/** The most frequent common divisors of the distances between three values that follow each other. */
function proposedSteps(values: ArrayLike<number>): number[] {
  const votes = new Map<number, number>();
  const stride = Math.max(1, Math.floor(values.length / TRIPLES));
  for (let i = 0; i + 2 < values.length; i += stride) {
    const step = commonDivisor(values[i + 1]! - values[i]!, values[i + 2]! - values[i + 1]!);
    votes.set(step, (votes.get(step) ?? 0) + 1);
  }
  return [...votes]
    .filter(([, count]) => count >= MIN_VOTES)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MAX_PROPOSED)
    .map(([step]) => step);
}

/** Greatest common divisor of two integers of at least 0. */
export function commonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
