import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of this folder that exports `run(args)`. */
interface Bench {
  readonly run?: (args: readonly string[]) => Promise<void>;
}

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** `npm run bench` prints the table of `table/`; `npm run bench -- NAME [arguments]` runs one benchmark. */
async function main(args: readonly string[]): Promise<void> {
  const [name, ...rest] = args;
  if (name === undefined || name.startsWith('--')) {
    const { runTable } = await import('./table/run-table');
    await runTable(args);
    return;
  }
  const names = await listBenches();
  if (names.includes(name)) {
    const bench: Bench = await import(`./${name}.ts`);
    await bench.run!(rest);
    return;
  }
  process.stdout.write(
    `There is no benchmark “${name}”. npm run bench -- NAME, one of: ${names.join(', ')}\n`,
  );
  process.exitCode = 2;
}

async function listBenches(): Promise<string[]> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ts') && file !== 'run.ts');
  const benches: string[] = [];
  for (const file of files.sort()) {
    const bench: Bench = await import(`./${file}`);
    if (bench.run) benches.push(file.replace(/\.ts$/, ''));
  }
  return benches;
}

await main(process.argv.slice(2));
