import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, PluginOption, Rolldown } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import type { OfflineFiles } from '../../src/offline/files';
import {
  FILES_CACHE,
  LICENCES_FILE,
  OFFLINE_FILES_FILE,
  SERVICE_WORKER_FILE,
} from '../../src/offline/names.ts';

/** Beside the first page's scripts and styles, what is installed with the service worker. */
const FRAME = ['index.html', OFFLINE_FILES_FILE, 'doppelgrid.webmanifest', 'icon.svg', 'icons/*.png'];

/** Files that keep their name when they change: asked for anew wherever there is a network. */
const UNHASHED = /\/(licences\.json|demo\/[^/]+\.csv)$/;

/** How long a file that may have changed is waited for before its kept copy is taken. */
const PATIENCE_SECONDS = 10;

/**
 * The service worker, made by Workbox (docs/offline.md). It installs the frame of the app with itself; every other file is
 * kept when it is first used. The list of those is written for the page, which fetches them ahead.
 */
export function serviceWorker(): PluginOption {
  let frame: readonly string[] = FRAME;
  const lists: Plugin = {
    name: 'offline-files',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      const first = firstFiles(bundle);
      frame = [...FRAME, ...first];
      writeFileSync(join(dir!, OFFLINE_FILES_FILE), JSON.stringify(listRest(dir!, bundle, first)));
    },
  };
  const workbox = VitePWA({
    filename: SERVICE_WORKER_FILE,
    // The page registers it itself, later, and asks before a new version takes over.
    injectRegister: null,
    registerType: 'prompt',
    manifest: false,
    integration: {
      beforeBuildServiceWorker: (options) => {
        options.workbox.globPatterns = [...frame];
      },
    },
    workbox: {
      inlineWorkboxRuntime: true,
      // The first visit goes on offline without having been reloaded.
      clientsClaim: true,
      cleanupOutdatedCaches: true,
      dontCacheBustURLsMatching: /^assets\//,
      navigateFallback: 'index.html',
      navigateFallbackDenylist: [/\/[^/?]+\.[^/?]+$/],
      runtimeCaching: [
        {
          urlPattern: /\/assets\/[^/]+$/,
          handler: 'CacheFirst',
          options: { cacheName: FILES_CACHE, matchOptions: { ignoreVary: true } },
        },
        {
          urlPattern: UNHASHED,
          handler: 'NetworkFirst',
          options: {
            cacheName: FILES_CACHE,
            matchOptions: { ignoreVary: true },
            networkTimeoutSeconds: PATIENCE_SECONDS,
          },
        },
      ],
    },
  });
  return [lists, workbox];
}

/** What index.html loads: the entry, what it imports at once, their styles. */
function firstFiles(bundle: Rolldown.OutputBundle): readonly string[] {
  const files = new Set<string>();
  const add = (name: string) => {
    const output = bundle[name];
    if (output?.type !== 'chunk' || files.has(name)) return;
    files.add(name);
    for (const style of output.viteMetadata?.importedCss ?? []) files.add(style);
    for (const imported of output.imports) add(imported);
  };
  for (const output of Object.values(bundle)) {
    if (output.type === 'chunk' && output.isEntry) add(output.fileName);
  }
  return [...files];
}

function listRest(dir: string, bundle: Rolldown.OutputBundle, first: readonly string[]): OfflineFiles {
  const hashed = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !first.includes(name));
  const demo = readdirSync(join(dir, 'demo')).filter((name) => name.endsWith('.csv'));
  const rest = [...hashed, LICENCES_FILE, ...demo.map((name) => `demo/${name}`)];
  return rest.map((path) => ({ path, bytes: statSync(join(dir, path)).size }));
}
