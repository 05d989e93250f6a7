import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Where the bundled page lies: below a folder that git ignores. */
export const PAGE_FOLDER = fileURLToPath(new URL('../../test-results/webgpu-page', import.meta.url));

/** Bundles the test page like the app: same target, nothing inlined, so that it runs under the app's policy. */
export async function buildPage(): Promise<string> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./page', import.meta.url)),
    base: './',
    logLevel: 'warn',
    build: {
      target: 'es2023',
      outDir: PAGE_FOLDER,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
    },
  });
  return PAGE_FOLDER;
}
