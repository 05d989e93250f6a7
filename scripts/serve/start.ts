import { parseArgs } from 'node:util';
import { ensureBuilt } from '../lib/build';
import { DIST } from '../lib/paths';
import { serveOnFreePort } from './server';

const DEFAULT_PORT = 4173;

/** `npm start`: builds if needed and serves until Ctrl-C. `--port` or the PORT variable choose the port. */
export async function main(args: string[]): Promise<number | undefined> {
  const port = readPort(args);
  if (port === null) {
    process.stderr.write('Usage: npm start -- [--port 1–65535]\n');
    return 2;
  }
  await ensureBuilt();
  const server = await serveOnFreePort({ root: DIST, port });
  process.stdout.write(`\nDoppelgrid is at ${server.url}  (Ctrl-C stops it)\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close().then(() => process.exit(0));
    });
  }
  return undefined;
}

function readPort(args: string[]): number | null {
  try {
    const { values } = parseArgs({ args, options: { port: { type: 'string' } } });
    const text = values.port ?? process.env['PORT'] ?? String(DEFAULT_PORT);
    const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    return port >= 1 && port <= 65_535 ? port : null;
  } catch {
    return null;
  }
}
