/** What every script says and is told. */
import { cpus } from 'node:os';

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The argument after `--name`, if it is there. */
export function optionOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
}

/** The processor and Node, for the head of a table measured in this process. */
export function describeProcess(): string {
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
}

/** Milliseconds an asynchronous call takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`;
}
