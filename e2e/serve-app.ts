import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { ensureBuilt } from '../scripts/lib/build';
import { DIST, ROOT } from '../scripts/lib/paths';
import { serve } from '../scripts/serve/server';

/** One line of JSON per violation of the content security policy, of workers too, over all journeys. */
const VIOLATIONS = `${ROOT}test-results/violations.jsonl`;

/** Builds and serves the app for all journeys; violations of its content security policy end up in a file. */
// biome-ignore lint/style/noDefaultExport: Playwright takes the default export
export default async function serveApp(): Promise<() => Promise<void>> {
  await ensureBuilt();
  mkdirSync(dirname(VIOLATIONS), { recursive: true });
  rmSync(VIOLATIONS, { force: true });
  const server = await serve({
    root: DIST,
    port: 0,
    onViolation: (report) => appendFileSync(VIOLATIONS, `${JSON.stringify(report)}\n`),
  });
  process.env['DOPPELGRID_URL'] = server.url;
  return async () => {
    await server.close();
    if (existsSync(VIOLATIONS)) {
      throw new Error(
        `The content security policy was violated:\n${readFileSync(VIOLATIONS, 'utf8').slice(0, 4000)}`,
      );
    }
  };
}
