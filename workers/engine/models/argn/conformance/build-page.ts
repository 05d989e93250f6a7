import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * Bundles the page like the app: same target, nothing inlined, so that it runs under the app's policy.
 * @param name of a folder below one that git ignores
 * @returns path of that folder
 */
export async function buildPage(name = 'webgpu-page'): Promise<string> {
  const outDir = fileURLToPath(new URL(`../../../../../test-results/${name}`, import.meta.url));
  await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    base: './',
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      target: 'es2023',
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
    },
  });
  return outDir;
}
