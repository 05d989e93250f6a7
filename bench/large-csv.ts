/** Generated tables as CSV text, in pieces: the same for a number of rows. */
import { RandomStream } from './engine';

const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'haven', 'inlet', 'jetty'];

/** Fifteen columns of every kind: whole and real numbers, categories few and many, dates, truth values, gaps. */
export function longCsv(rows: number): Generator<string> {
  const stream = new RandomStream(1, 'large');
  const header = 'id,age,height,income,balance,city,colour,code,member,day,moment,score,group,note,count';
  return inBlocks(header, rows, (row) => longLine(row, stream));
}

function longLine(row: number, stream: RandomStream): string {
  const age = 18 + stream.below(70);
  const income = stream.uniform() < 0.05 ? '' : Math.exp(9 + age / 100 + stream.normal() / 2).toFixed(2);
  const day = new Date(Date.UTC(2000, 0, 1 + stream.below(9000))).toISOString();
  const moment = new Date(Date.UTC(2020, 0, 1) + stream.below(100_000_000) * 1000).toISOString();
  return [
    row,
    age,
    (150 + stream.normal() * 10).toFixed(1),
    income,
    (stream.normal() * 1000).toFixed(2),
    `${WORDS[stream.below(10)]} ${WORDS[stream.below(10)]}`,
    WORDS[Math.floor(10 * stream.uniform() ** 2)],
    `K${stream.below(900)}`,
    stream.uniform() < 0.3,
    day.slice(0, 10),
    moment.slice(0, 19),
    stream.uniform().toFixed(4),
    age > 50 ? 'senior' : 'junior',
    stream.uniform() < 0.5 ? '' : WORDS[stream.below(10)],
    stream.below(1000),
  ].join(',');
}

const COLUMNS = 200;
const FACTORS = 10;
const VALUES = 50;

/**
 * 200 columns of 50 values, half numbers and half words: each loads on two of ten latent factors and has 15 to 65 % of
 * noise; every sixth is noise alone. Every fifth is folded: a rank correlation would miss how it depends on the others.
 */
export function wideCsv(rows: number): Generator<string> {
  const stream = new RandomStream(1, 'wide table');
  const columns = Array.from({ length: COLUMNS }, (_, c) => ({
    factors: stream.permutation(FACTORS).slice(0, 2),
    angle: 2 * Math.PI * stream.uniform(),
    noise: c % 6 === 5 ? 1 : 0.15 + 0.5 * stream.uniform(),
    folded: c % 5 === 4,
    labels: c % 2 === 1 ? stream.permutation(VALUES) : null,
    skew: 1 + stream.uniform(),
  }));
  return inBlocks(columns.map((_, c) => `column ${c}`).join(), rows, () => {
    const factors = Array.from({ length: FACTORS }, () => stream.normal());
    const cells = columns.map(({ factors: [a, b], angle, noise, folded, labels, skew }) => {
      const signal = Math.cos(angle) * factors[a!]! + Math.sin(angle) * factors[b!]!;
      const score = Math.sqrt(1 - noise) * signal + Math.sqrt(noise) * stream.normal();
      const share = 1 / (1 + Math.exp(-1.702 * (folded ? 1.35 * Math.abs(score) - 1.1 : score)));
      const value = Math.min(VALUES - 1, Math.floor(VALUES * share ** skew));
      return labels ? `value ${labels[value]}` : value;
    });
    return cells.join();
  });
}

/** The six kinds of columns of `reportedCsv`, in turn. */
const KINDS = [
  (score: number) => Math.round(45 + 12 * score),
  (score: number) => (1000 * Math.exp(score)).toFixed(2),
  (score: number) => WORDS[share(score, 10)]!,
  (score: number) => `town ${share(score, 60)}`,
  (score: number) => new Date(Date.UTC(2015, 0, 1 + share(score, 3000))).toISOString().slice(0, 10),
  (score: number) => (score < -1.3 ? '' : score > 0.4 ? 'yes' : 'no'),
] as const;

/** One of so many whole numbers from 0, by a score that is about normal. */
function share(score: number, values: number): number {
  return Math.min(values - 1, Math.floor(values / (1 + Math.exp(-1.702 * score))));
}

/**
 * Numbers, amounts, words, towns, dates, and yes or no with gaps: each loads on two of six latent factors. Tables of another
 * sample are fresh rows of the same population.
 */
export function reportedCsv(rows: number, columns: number, sample: number): Generator<string> {
  const shape = new RandomStream(1, 'reported columns');
  const loads = Array.from({ length: columns }, () => ({
    factors: [...shape.permutation(6).slice(0, 2)],
    weight: 0.3 + 0.6 * shape.uniform(),
  }));
  const stream = new RandomStream(sample, 'reported rows');
  const header = loads.map((_, c) => `column ${c}`).join();
  return inBlocks(header, rows, () => {
    const factors = Array.from({ length: 6 }, () => stream.normal());
    const cells = loads.map(({ factors: [a, b], weight }, c) => {
      const signal = (factors[a!]! + factors[b!]!) / Math.SQRT2;
      return KINDS[c % KINDS.length]!(weight * signal + Math.sqrt(1 - weight * weight) * stream.normal());
    });
    return cells.join();
  });
}

function* inBlocks(header: string, rows: number, line: (row: number) => string): Generator<string> {
  let block = `${header}\n`;
  for (let row = 0; row < rows; row++) {
    block += `${line(row)}\n`;
    if (block.length < 1_000_000) continue;
    yield block;
    block = '';
  }
  yield block;
}
