import { openFuzz } from './engine';

/** No mutant may take longer to be read or refused, CPU seconds. */
const MAX_SECONDS = 5;
/** No mutant may make the process larger, MB. */
const MAX_MEGABYTES = 1024;
/** Of all mutants, those of delimited text; the rest is shared by the other formats. */
const TEXT_SHARE = 0.3;

/**
 * `npm run bench -- fuzz [MUTANTS] [SEED] [NAME]`: imports mutants of small files of every format (20,000 without a
 * number; of one format with a part of its files' names). Each must be read or refused with a sentence, within five
 * CPU seconds and 1 GB, and the table from before must stay.
 */
export async function run([count = '20000', seed = '1', part = '']: readonly string[]): Promise<void> {
  const { sql, fuzzImport, FuzzError, seeds } = await openFuzz();
  const wanted = seeds.filter(({ fileName }) => fileName.includes(part));
  const texts = wanted.filter(({ fileName }) => fileName === 'mutant.csv').length;
  const others = wanted.length - texts;
  const textShare = others === 0 ? 1 : TEXT_SHARE * texts;
  const start = process.cpuUsage();
  let failures = 0;
  for (const one of wanted) {
    const { fileName } = one;
    const share = fileName === 'mutant.csv' ? textShare : (1 - textShare) / others;
    const mutants = Math.ceil(Number(count) * share);
    const tell = (what: string, bytes: Uint8Array) => {
      failures++;
      console.log(`${fileName}: ${what}: ${Buffer.from(bytes).toString('base64')}`);
    };
    let largest = megabytes();
    const onDone = (done: number, seconds: number, bytes: Uint8Array) => {
      if (seconds > MAX_SECONDS) tell(`mutant ${done} took ${seconds.toFixed(1)} s`, bytes);
      const peak = megabytes();
      if (peak > MAX_MEGABYTES && peak > largest) tell(`mutant ${done} took ${peak.toFixed()} MB`, bytes);
      largest = Math.max(largest, peak);
    };
    try {
      const { read, refused, slowest } = await fuzzImport(sql, one, mutants, Number(seed), onDone);
      const figures = `slowest ${slowest.toFixed(2)} s, peak ${largest.toFixed()} MB`;
      console.log(`${fileName}: ${read} read, ${refused} refused, ${figures}`);
    } catch (error) {
      // The other formats are still looked at.
      if (!(error instanceof FuzzError)) throw error;
      tell(error.message, error.bytes);
    }
  }
  const { user, system } = process.cpuUsage(start);
  console.log(`${failures} failed, ${((user + system) / 1e6).toFixed()} CPU seconds`);
  process.exit();
}

/** The most memory that the process has held so far. */
function megabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}
