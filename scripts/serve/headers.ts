/**
 * The headers of every response, workers included: a worker takes its policy from its own response. Here once;
 * the local server sends them and the files for static hosts are written from them.
 */

/** Enough for DuckDB, WebAssembly and React, and nothing off this origin (docs/import.md, Content security policy). */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * What the worker that fetches files may do besides: ask any address. It holds no data, imports nothing and asks once
 * (`workers/address/address-worker.ts`). Pages and all other workers keep `connect-src 'self'`.
 */
export const FETCH_POLICY = [
  "default-src 'none'",
  'connect-src https: http:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** How the paths of its script begin. */
export const FETCH_SCRIPT = '/assets/address-worker-';

const UNUSED_FEATURES = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'hid', 'midi'];

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  // Isolation gives WebAssembly its threads; everything comes from this origin, so it costs nothing.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
};

/** Vite names the files in here by their content. */
export const HASHED_FOLDER = '/assets/';
export const HASHED_CACHE = 'public, max-age=31536000, immutable';
export const FRESH_CACHE = 'no-cache';

/** All headers of one path that do not depend on the file's content. */
export function headersFor(path: string): Record<string, string> {
  return {
    ...SECURITY_HEADERS,
    ...(path.startsWith(FETCH_SCRIPT) && { 'Content-Security-Policy': FETCH_POLICY }),
    'Cache-Control': path.startsWith(HASHED_FOLDER) ? HASHED_CACHE : FRESH_CACHE,
  };
}
