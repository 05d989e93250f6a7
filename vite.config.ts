import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { shippedLicences } from './scripts/bundle/licences.ts';
import { serviceWorker } from './scripts/bundle/service-worker.ts';

const licences = shippedLicences();

export default defineConfig({
  base: './',
  plugins: [react(), tailwindcss(), licences.page, serviceWorker()],
  worker: {
    format: 'es',
    plugins: () => [licences.worker],
    rolldownOptions: {
      output: {
        // WebKit evaluates the script of a module worker again when a chunk imports it: a second worker would answer
        // in the first one's place. So nothing but the few lines that expose it is in there.
        codeSplitting: { groups: [{ name: 'core', tags: ['$initial'], test: /^(?!.*worker\.ts$)/ }] },
      },
    },
  },
  optimizeDeps: { exclude: ['@duckdb/duckdb-wasm'] },
  build: {
    target: 'es2023',
    // Below 4 kB Vite would inline a .wasm as a data: URL, which connect-src 'self' refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
});
