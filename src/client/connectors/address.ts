import { plainAddress } from '../../domain/addresses';
import type { ConnectorLocation } from '../../domain/connectors';
import { errorText, isCanceled, UserError } from '../../domain/errors';
import { isTableFile } from '../../domain/table-files';
import type { FileFetcher } from '../fetch-file';
import { type Connection, type OpenedLocation, unreachable } from './connection';
import { namesInListing } from './listing';

/** Bytes of a listing that are read. */
const MAX_LISTING = 4 << 20;

/** Files below an address: those that it lists, and those that a person named. */
export class AddressConnection implements Connection {
  readonly #address: string;
  readonly #files: readonly string[];
  readonly #fetcher: FileFetcher;
  /** The file that was fetched last, so that its columns, its rows and its import ask for it once. */
  #last: { readonly location: string; readonly file: File; readonly at: number } | null = null;

  constructor(address: string, files: readonly string[], fetcher: FileFetcher) {
    this.#address = address;
    this.#files = files;
    this.#fetcher = fetcher;
  }

  async test(signal?: AbortSignal): Promise<string> {
    const listed = await this.#listed('', signal).catch((error: unknown) => {
      if (isCanceled(error)) throw error;
      return error;
    });
    if (Array.isArray(listed)) {
      const n = new Set([...listed.map(({ location }) => location), ...this.#files]).size;
      return `${this.#address} answers, and lists ${n.toLocaleString('en')} ${n === 1 ? 'entry' : 'entries'}.`;
    }
    const [first] = this.#files;
    if (first === undefined)
      throw unreachable(
        `${errorText(listed)} An address that lists nothing can be used, too: name its files here.`,
      );
    // Its first file tells whether the others can be reached.
    await this.open(first, signal);
    return `${this.#address} lists nothing by itself; “${first}” could be fetched.`;
  }

  async locations(prefix: string, signal?: AbortSignal): Promise<ConnectorLocation[]> {
    this.#last = null;
    const named = below(this.#files, prefix);
    const listed = await this.#listed(prefix, signal).catch((error: unknown) => {
      if (named.length === 0 || isCanceled(error)) throw error;
      return [];
    });
    const known = new Map([...named, ...listed].map((each) => [each.location, each]));
    return [...known.values()].sort(
      (a, b) => Number(a.kind === 'file') - Number(b.kind === 'file') || (a.location < b.location ? -1 : 1),
    );
  }

  async open(location: string, signal?: AbortSignal): Promise<OpenedLocation> {
    if (this.#last?.location !== location) {
      const file = await this.#fetcher.fetch(this.#urlOf(location), signal ? { signal } : {});
      this.#last = { location, file, at: Date.now() };
    }
    const { file, at } = this.#last;
    return { file, dialect: {}, stamp: String(at) };
  }

  async tables(signal?: AbortSignal): Promise<readonly string[]> {
    const there = await this.locations('', signal);
    const listed = there.filter(({ kind }) => kind === 'file').map(({ location }) => location);
    return [...new Set([...listed, ...this.#files])];
  }

  async #listed(prefix: string, signal?: AbortSignal): Promise<ConnectorLocation[]> {
    const address = this.#urlOf(prefix);
    const page = await this.#fetcher.fetch(address, { ...(signal && { signal }), takesPages: true });
    const names = namesInListing(await page.slice(0, MAX_LISTING).text(), address);
    if (names.length === 0)
      throw new UserError(
        'connector/unreachable',
        `${plainAddress(new URL(address))} lists no files: it is neither the page of a folder with links, nor a list of names as JSON or lines.`,
      );
    return below(names, '').map((each) => ({ ...each, location: `${prefix}${each.location}` }));
  }

  #urlOf(location: string): string {
    return new URL(location.split('/').map(encodeURIComponent).join('/'), this.#address).href;
  }
}

/** Files of a folder, and the folders in it, of paths. */
function below(paths: readonly string[], prefix: string): ConnectorLocation[] {
  const found = new Map<string, ConnectorLocation>();
  for (const path of paths) {
    if (!path.startsWith(prefix) || path === prefix) continue;
    const rest = path.slice(prefix.length);
    const slash = rest.indexOf('/');
    if (slash >= 0) {
      const location = `${prefix}${rest.slice(0, slash + 1)}`;
      found.set(location, { location, kind: 'folder' });
    } else if (isTableFile(rest)) found.set(path, { location: path, kind: 'file' });
  }
  return [...found.values()];
}
