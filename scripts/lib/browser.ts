import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** Names on the PATH, the most predictable first. */
const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'msedge',
];
const MAC_APPS = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
const WINDOWS_PATHS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** The one command that helps on any system that Playwright knows; its browser is found below. */
export const INSTALL_HINT =
  'No Chromium, Chrome or Edge was found. Install one with: npx playwright install --with-deps chromium';

/**
 * Path of a Chromium-family browser on this machine, or null. `DOPPELGRID_BROWSER` names one explicitly.
 */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  return candidates(env).find(isExecutable) ?? null;
}

/**
 * Finds a browser, or installs Debian's on a Debian-family system where this runs as root.
 * @throws Error with the one command to run
 */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  const named = process.env['DOPPELGRID_BROWSER'];
  if (named) throw new Error(`DOPPELGRID_BROWSER: there is no program at “${named}”.`);
  if (canInstall()) {
    process.stdout.write('Installing Chromium (apt-get install chromium) …\n');
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium');
  }
  const installed = findBrowser();
  if (!installed) throw new Error(INSTALL_HINT);
  return installed;
}

function candidates(env: NodeJS.ProcessEnv): string[] {
  const named = env['DOPPELGRID_BROWSER'];
  if (named) return [named];
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const paths = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  if (process.platform === 'darwin') {
    paths.push(...MAC_APPS.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`));
  }
  if (process.platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    for (const root of roots) if (root) paths.push(...WINDOWS_PATHS.map((path) => join(root, path)));
  }
  paths.push(chromium.executablePath());
  return paths;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

function apt(...args: string[]): void {
  spawnSync('apt-get', args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
