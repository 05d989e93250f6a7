import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { findBrowser } from '../../scripts/lib/browser';

/** When and where, in one sentence. */
export function describeMachine(now = new Date()): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const browser = browserVersion();
  return [
    now.toISOString().slice(0, 10),
    `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`,
    `${gibibytes} GiB`,
    `Node ${process.versions.node}`,
    browser ?? 'no browser',
  ].join(', ');
}

function browserVersion(): string | null {
  const path = findBrowser();
  if (!path) return null;
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return stdout?.match(/\S+ [\d.]+/)?.[0] ?? null;
}
