/** Ratios on a machine that others use too: every foreign measurement between two calibrations of our own. */

/** Beyond this the machine changed while the other was measured. */
const LARGEST_DIFFERENCE = 0.25;

export interface Sandwich<T> {
  readonly before: T;
  readonly other: T;
  readonly after: T;
}

export interface SandwichOptions<T> {
  /** Measures our side. */
  readonly own: () => Promise<T>;
  readonly other: () => Promise<T>;
  /** What the two calibrations are compared by; the same unit on both sides. */
  readonly time: (measurement: T) => number;
  /** Sandwiches wanted; up to twice as many are made to keep at least `least`, 3 by default. */
  readonly rounds: number;
  readonly least?: number;
}

export interface Sandwiches<T> {
  readonly kept: readonly Sandwich<T>[];
  readonly made: number;
}

/** What a line of the table prints of a measurement. */
export interface Ratio {
  /** Median over the kept sandwiches of the other's figure over ours. */
  readonly ratio: number;
  readonly own: number;
  readonly other: number;
  readonly kept: number;
  readonly made: number;
}

/**
 * Measures until `rounds` sandwiches are made and `least` are kept, at most twice as many as wanted. One whose
 * calibrations differ by more than 25 % of the smaller is thrown away.
 */
export async function makeSandwiches<T>(options: SandwichOptions<T>): Promise<Sandwiches<T>> {
  const { own, other, time, rounds, least = Math.min(3, rounds) } = options;
  const kept: Sandwich<T>[] = [];
  let made = 0;
  while (made < rounds || (kept.length < least && made < 2 * rounds)) {
    made++;
    const sandwich = { before: await own(), other: await other(), after: await own() };
    const times = [time(sandwich.before), time(sandwich.after)];
    if (Math.max(...times) <= (1 + LARGEST_DIFFERENCE) * Math.min(...times)) kept.push(sandwich);
  }
  return { kept, made };
}

/**
 * The ratio of one quantity of the kept sandwiches.
 * @returns NaN everywhere if none was kept
 */
export function ratioOf<T>({ kept, made }: Sandwiches<T>, quantity: (measurement: T) => number): Ratio {
  const own = ({ before, after }: Sandwich<T>) => (quantity(before) + quantity(after)) / 2;
  const middle = (values: readonly number[]) => (values.length > 0 ? median(values) : Number.NaN);
  return {
    ratio: middle(kept.map((each) => quantity(each.other) / own(each))),
    own: middle(kept.map(own)),
    other: middle(kept.map((each) => quantity(each.other))),
    kept: kept.length,
    made,
  };
}

/** Sandwiches of plain numbers, and their ratio. */
export async function sandwichRatio(options: Omit<SandwichOptions<number>, 'time'>): Promise<Ratio> {
  return ratioOf(await makeSandwiches({ ...options, time: (value) => value }), (value) => value);
}

/** The upper median. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
