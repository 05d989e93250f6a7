// Runs before anything is installed: Node built-ins only.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);
const OLDEST_NODE = { major: 20, minor: 19 };

/** Installs the packages that package-lock.json pins, if they are not there as pinned. */
export function ensureInstalled() {
  checkNode();
  if (isInstalled()) return;
  process.stdout.write('Installing packages …\n');
  // Not `npm ci`: it refuses a lock file without the optional packages of other platforms, which npm leaves out where
  // a registry lacks one of them. This takes the same pinned versions and leaves the lock file alone.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  // The build tools are development packages, so NODE_ENV=production must not leave them out.
  const result = spawnSync('npm', [...args, '--include=dev'], {
    cwd: fileURLToPath(ROOT),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    fail('The packages could not be installed. Check the network connection and the message above.');
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor)) return;
  const oldest = `${OLDEST_NODE.major}.${OLDEST_NODE.minor}`;
  fail(`Node ${oldest} or later is needed; this is Node ${process.versions.node}.`);
}

/** True if what npm says it installed is what the lock file pins; npm keeps a copy of the lock it satisfied. */
function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    // Optional packages of other platforms are pinned but not installed.
    if (!present[path]) return Boolean(optional || devOptional);
    return present[path].version === version;
  });
}

/**
 * @param {string} path
 * @returns {Record<string, { version: string, optional?: boolean, devOptional?: boolean }> | null}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(new URL(path, ROOT), 'utf8')).packages;
  } catch {
    return null;
  }
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
