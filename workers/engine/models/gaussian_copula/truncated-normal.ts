import type { RandomStream } from '../../../../src/domain/random';

/** Below this width a uniform draw is kept often enough. */
const NARROW = 2;

/**
 * A standard normal draw between two bounds, by rejection from the distribution that fits them: itself, an exponential in a
 * tail, or a uniform in a narrow stretch (Robert 1995, "Simulation of truncated normal variables", Stat. Comput. 5).
 */
export function truncatedNormal(from: number, to: number, stream: RandomStream): number {
  if (!(from < to)) return from;
  if (to <= 0) return -truncatedNormal(-to, -from, stream);
  const least = Math.max(from, 0);
  if (to - from < NARROW || (from > 0 && to < from + 1 / from)) {
    for (;;) {
      const drawn = from + (to - from) * stream.uniform();
      if (stream.uniform() <= Math.exp((least ** 2 - drawn ** 2) / 2)) return drawn;
    }
  }
  if (from <= 0.5) {
    for (;;) {
      const drawn = stream.normal();
      if (drawn >= from && drawn <= to) return drawn;
    }
  }
  const rate = (from + Math.sqrt(from ** 2 + 4)) / 2;
  for (;;) {
    const drawn = from - Math.log(1 - stream.uniform()) / rate;
    if (drawn <= to && stream.uniform() <= Math.exp(-((drawn - rate) ** 2) / 2)) return drawn;
  }
}
