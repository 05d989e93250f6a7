import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of this folder that exports `run(args)`. */
interface Bench {
  readonly run?: (args: readonly string[]) => Promise<void>;
}

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** `npm run bench -- NAME [arguments]`; without a name says which there are. */
async function main(name: string | undefined, args: readonly string[]): Promise<void> {
  const names = await listBenches();
  if (name !== undefined && names.includes(name)) {
    const bench: Bench = await import(`./${name}.ts`);
    await bench.run!(args);
    return;
  }
  const unknown = name === undefined ? '' : `There is no benchmark “${name}”. `;
  process.stdout.write(`${unknown}npm run bench -- NAME, one of: ${names.join(', ')}\n`);
  process.exitCode = name === undefined ? 0 : 2;
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

const [name, ...args] = process.argv.slice(2);
await main(name, args);
