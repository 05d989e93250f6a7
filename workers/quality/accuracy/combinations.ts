import { RandomStream } from '../../../src/domain/random';
import { DEFAULT_LIMITS } from '../../../src/domain/report-limits';

/** Every unordered triple of 0 … count−1 in lexicographic order, or `limit` of them drawn evenly by seed. */
export function chooseTriples(count: number, seed: number, limit = DEFAULT_LIMITS.triples): Uint32Array {
  const total = (count * (count - 1) * (count - 2)) / 6;
  if (total <= limit) return allTriples(count, total);
  const random = new RandomStream(seed, 'triples');
  const chosen = new Set<number>();
  while (chosen.size < limit) chosen.add(random.below(total));
  const triples = new Uint32Array(limit * 3);
  let out = 0;
  for (const rank of [...chosen].sort((a, b) => a - b)) {
    triples.set(unrank(rank, count), out);
    out += 3;
  }
  return triples;
}

function allTriples(count: number, total: number): Uint32Array {
  const triples = new Uint32Array(Math.max(0, total) * 3);
  let out = 0;
  for (let a = 0; a < count - 2; a++) {
    for (let b = a + 1; b < count - 1; b++) {
      for (let c = b + 1; c < count; c++) {
        triples[out++] = a;
        triples[out++] = b;
        triples[out++] = c;
      }
    }
  }
  return triples;
}

/** The triple of a rank in the lexicographic order. */
function unrank(rank: number, count: number): [number, number, number] {
  let rest = rank;
  let a = 0;
  for (let below = pairsOf(count - 1); rest >= below; below = pairsOf(count - 1 - a)) {
    rest -= below;
    a++;
  }
  let b = a + 1;
  for (let below = count - 1 - b; rest >= below; below = count - 1 - b) {
    rest -= below;
    b++;
  }
  return [a, b, b + 1 + rest];
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}
