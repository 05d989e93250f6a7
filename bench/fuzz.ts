import { gzipSync } from 'node:zlib';
import { openFuzz } from './engine';

/** No mutant may take longer to be read or refused, CPU seconds. */
const MAX_SECONDS = 5;

/**
 * `npm run bench -- fuzz [MUTANTS] [SEED]`: imports mutants of small files (20,000 without a number), a tenth of them
 * packed by gzip. Each must be read or refused with a sentence, within five CPU seconds, and the table from before must stay.
 */
export async function run([count = '20000', seed = '1']: readonly string[]): Promise<void> {
  const { sql, fuzzImport, dirtyFiles } = await openFuzz();
  const files = dirtyFiles();
  const all = [
    { fileName: 'mutant.csv', files },
    { fileName: 'mutant.csv.gz', files: files.map((file) => new Uint8Array(gzipSync(file))) },
  ];
  const total = Number(count);
  const start = process.cpuUsage();
  for (const [i, seeds] of all.entries()) {
    const part = i === 0 ? Math.ceil(total * 0.9) : Math.floor(total * 0.1);
    let slow = 0;
    const outcome = await fuzzImport(sql, seeds, part, Number(seed), (done, seconds, bytes) => {
      if (seconds > MAX_SECONDS) {
        slow++;
        console.log(`mutant ${done} took ${seconds.toFixed(1)} s: ${Buffer.from(bytes).toString('base64')}`);
      }
      if (done % 2000 === 0) {
        console.log(
          `${seeds.fileName}: ${done} of ${part}, ${(process.memoryUsage.rss() / 2 ** 20).toFixed()} MB`,
        );
      }
    });
    const { read, refused, slowest } = outcome;
    console.log(
      `${seeds.fileName}: ${read} read, ${refused} refused, slowest ${slowest.toFixed(2)} s, ${slow} over ${MAX_SECONDS} s`,
    );
  }
  const { user, system } = process.cpuUsage(start);
  console.log(`${((user + system) / 1e6).toFixed()} CPU seconds`);
  process.exit();
}
