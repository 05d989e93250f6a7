import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = /^(text\/|application\/(json|wasm|manifest)|image\/svg)/;

export type ContentEncoding = 'br' | 'gzip' | 'identity';

export interface StaticFile {
  readonly type: string;
  readonly encoding: ContentEncoding;
  readonly body: Buffer;
  /** Strong: of these bytes in this encoding. */
  readonly etag: string;
}

const squeeze = {
  // 5 is where brotli stops being cheap; the largest file is 32 MB.
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: promisify(gzip),
};

/** Reads files below one folder; remembers them, compressed, until they change on disk. */
export class StaticFolder {
  readonly #root: string;
  readonly #cache = new Map<string, { readonly version: string; readonly file: Promise<StaticFile> }>();

  constructor(root: string) {
    this.#root = normalize(root);
  }

  /** The file at a URL path, or null if there is none or the path leads out of the folder. */
  async read(urlPath: string, accepts: readonly string[]): Promise<StaticFile | null> {
    const path = this.#resolve(urlPath);
    const info = path === null ? null : await stat(path).catch(() => null);
    if (path === null || !info?.isFile()) return null;
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const encoding = COMPRESSIBLE.test(type) ? preferred(accepts) : 'identity';
    const version = `${info.mtimeMs}-${info.size}`;
    const key = `${encoding} ${path}`;
    const known = this.#cache.get(key);
    if (known?.version === version) return known.file;
    const file = load(path, type, encoding);
    this.#cache.set(key, { version, file });
    return file;
  }

  #resolve(urlPath: string): string | null {
    let decoded: string;
    try {
      decoded = decodeURIComponent(urlPath);
    } catch {
      return null;
    }
    if (decoded.includes('\0')) return null;
    const path = normalize(join(this.#root, decoded.endsWith('/') ? `${decoded}index.html` : decoded));
    return path.startsWith(this.#root + sep) ? path : null;
  }
}

function preferred(accepts: readonly string[]): ContentEncoding {
  if (accepts.includes('br')) return 'br';
  return accepts.includes('gzip') ? 'gzip' : 'identity';
}

async function load(path: string, type: string, encoding: ContentEncoding): Promise<StaticFile> {
  const plain = await readFile(path);
  const body = encoding === 'identity' ? plain : await squeeze[encoding](plain);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { type, encoding, body, etag };
}
