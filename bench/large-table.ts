import { RandomStream } from '../src/domain/random';

const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'haven', 'inlet', 'jetty'];

/** Fifteen columns of every kind: whole and real numbers, categories few and many, dates, truth values, gaps. */
export function* largeCsv(rows: number): Generator<string> {
  const stream = new RandomStream(1, 'large');
  yield 'id,age,height,income,balance,city,colour,code,member,day,moment,score,group,note,count\n';
  const block: string[] = [];
  for (let row = 0; row < rows; row++) {
    block.push(line(row, stream));
    if (block.length < 10_000 && row < rows - 1) continue;
    yield `${block.join('\n')}\n`;
    block.length = 0;
  }
}

function line(row: number, stream: RandomStream): string {
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
