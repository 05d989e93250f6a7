import { aucOf, type NamedColumn, openEngine, RandomStream, separation } from '../engine';
import { optionOf, print } from '../terminal';

const COLUMNS = 12;
const FREQUENT = ['a', 'b', 'c', 'd'];
const RARE = 'rare';

/** Rows that are drawn at once. */
const BATCH = 100_000;

/**
 * Whether counts of a rare category betray one person: of 12 columns half have a category of 5 rows, half one of 6.
 * `attacks counts [--trained 1000] [--trainings 4] [--rows 1000,100000,1000000]`
 */
export async function runCounts(args: readonly string[]): Promise<void> {
  const trained = Number(optionOf(args, 'trained') ?? 1000);
  const trainings = Number(optionOf(args, 'trainings') ?? 4);
  const settings = JSON.parse(optionOf(args, 'model') ?? '{}');
  const sizes = (optionOf(args, 'rows') ?? '1000,100000,1000000').split(',').map(Number);
  const counts = sizes.map(() => ({ five: [] as number[], six: [] as number[] }));
  for (let seed = 1; seed <= trainings; seed++) {
    const people = Uint8Array.from(
      new RandomStream(seed, 'people').permutation(COLUMNS),
      (rank) => 5 + (rank % 2),
    );
    const engine = await openEngine(rareTable(trained, people, seed), 1);
    await engine.train(seed, settings);
    for (const [at, rows] of sizes.entries()) {
      const found = new Float64Array(COLUMNS);
      for (let from = 0; from < rows; from += BATCH) {
        const { columns } = await engine.generate(
          Math.min(BATCH, rows - from),
          seed + 1000 * (1 + from / BATCH),
        );
        columns.forEach((column, c) => {
          found[c]! += countOf(column, RARE);
        });
      }
      people.forEach((count, c) => {
        const own = counts[at]!;
        (count === 5 ? own.five : own.six).push((found[c]! * trained) / rows);
      });
    }
    await engine.close();
  }
  print(`\n${trained} rows × ${COLUMNS}, ${trainings} trainings: a category of 5 rows against one of 6`);
  print(
    `  ${['rows', 'shown of 5', 'shown of 6', 'AUC, shown', '± s.e.', 'AUC, all', '± s.e.', 's.d. of 5', 'mean of 5', 'of 6'].map((cell) => cell.padStart(11)).join('')}`,
  );
  sizes.forEach((rows, at) => {
    const { five, six } = counts[at]!;
    const [shownFive, shownSix] = [five, six].map((values) => values.filter((value) => value > 0));
    const all = aucOf(separation(Float64Array.from(six), Float64Array.from(five)));
    const shown = aucOf(separation(Float64Array.from(shownSix!), Float64Array.from(shownFive!)));
    const cells = [
      rows.toLocaleString('en'),
      `${shownFive!.length}/${five.length}`,
      `${shownSix!.length}/${six.length}`,
      ...[shown.value, shown.error, all.value, all.error].map((value) => value.toFixed(3)),
      ...[spread(shownFive!), average(shownFive!), average(shownSix!)].map((value) => value.toFixed(2)),
    ];
    print(`  ${cells.map((cell) => cell.padStart(11)).join('')}`);
  });
}

/** Columns of four frequent categories and of one with so many rows. */
function rareTable(rows: number, people: Uint8Array, seed: number): NamedColumn[] {
  return Array.from(people, (count, c) => {
    const stream = new RandomStream(seed, `rare ${c}`);
    const codes = Int32Array.from({ length: rows }, () => stream.below(FREQUENT.length));
    for (const row of stream.permutation(rows).subarray(0, count)) codes[row] = FREQUENT.length;
    const dictionary = [...FREQUENT, RARE];
    return { name: `condition ${c + 1}`, storageType: 'text', data: { kind: 'text', codes, dictionary } };
  });
}

function countOf({ data }: NamedColumn, text: string): number {
  if (data.kind !== 'text') return 0;
  const code = data.dictionary.indexOf(text);
  return code < 0 ? 0 : data.codes.reduce((sum, own) => sum + Number(own === code), 0);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spread(values: readonly number[]): number {
  const centre = average(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
