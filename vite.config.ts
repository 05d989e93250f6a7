import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  plugins: [react(), tailwindcss()],
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@duckdb/duckdb-wasm'] },
  build: {
    target: 'es2023',
    // Below 4 kB Vite would inline a .wasm as a data: URL, which connect-src 'self' refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
});
