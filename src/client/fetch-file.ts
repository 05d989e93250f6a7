import type { FetchAnswer, FetchRequest } from '../../workers/address/protocol';
import { fetchError, fetchedName, pageError, plainAddress, readAddress } from '../domain/addresses';
import { canceledError, UserError } from '../domain/errors';
import { newId } from '../domain/ids';
import type { Job, ProgressStep } from '../domain/job';
import { newJob } from '../domain/job-changes';
import type { LongCall } from './long-call';

/** Bytes that are fetched at most: a Blob of them is in memory, or where the browser puts it. */
const MAX_BYTES = 2 * 2 ** 30;
const PROGRESS_INTERVAL_MS = 100;

/** A file that was asked for at another address, for the page that lists them. */
export interface FetchedFile {
  /** Without its query. */
  readonly address: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Null = it did not come. */
  readonly bytes: number | null;
}

/** A worker that speaks `FetchRequest` and `FetchAnswer`. */
export type FetchWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

interface Fetched {
  readonly content: Blob;
  readonly head: Extract<FetchAnswer, { readonly type: 'head' }> | null;
}

/** Fetches files from other addresses, each by a worker of its own, and remembers which. */
export class FileFetcher {
  readonly fetched: FetchedFile[] = [];
  readonly #origins = new WeakMap<File, string>();
  readonly #start: () => FetchWorker;

  constructor(start: () => FetchWorker = startWorker) {
    this.#start = start;
  }

  /** Where a file was fetched, without the query; undefined = it was not. */
  originOf(file: File): string | undefined {
    return this.#origins.get(file);
  }

  /**
   * @param options.takesPages a web page is a file, too
   * @throws UserError `config/invalid`, `source/unreadable`, `source/too-large`, `canceled`
   */
  async fetch(
    address: string,
    { signal, onProgress, takesPages = false }: LongCall & { readonly takesPages?: boolean } = {},
  ): Promise<File> {
    const url = readAddress(address);
    const plain = plainAddress(url);
    const what = `Fetching ${plain}`;
    if (signal?.aborted) throw canceledError(what);
    if (globalThis.location?.protocol === 'https:' && url.protocol === 'http:')
      throw new UserError(
        'config/invalid',
        `A page that came by https:// may not read ${plain}, which comes by http://. Use an address with https://, or download the file and drop it here.`,
      );
    const at = Date.now();
    const record = (bytes: number | null) => this.fetched.push({ address: plain, at, bytes });
    const progress = new FetchProgress(fetchedName(url, null), onProgress);
    try {
      const { content, head } = await this.#ask(
        { address: url.href, maxBytes: MAX_BYTES },
        plain,
        what,
        progress,
        signal,
      );
      if (!takesPages && (await isPage(content, head?.contentType ?? null))) throw pageError(plain);
      const end = head && URL.canParse(head.address) ? new URL(head.address) : url;
      const file = new File([content], fetchedName(end, head?.disposition ?? null));
      this.#origins.set(file, plain);
      record(file.size);
      return file;
    } catch (error) {
      record(null);
      throw error;
    }
  }

  #ask(
    request: FetchRequest,
    plain: string,
    what: string,
    progress: FetchProgress,
    signal: AbortSignal | undefined,
  ): Promise<Fetched> {
    const worker = this.#start();
    return new Promise<Fetched>((resolve, reject) => {
      let head: Fetched['head'] = null;
      const settle = (end: () => void) => {
        worker.terminate();
        signal?.removeEventListener('abort', cancel);
        progress.end();
        end();
      };
      const cancel = () => settle(() => reject(canceledError(what)));
      signal?.addEventListener('abort', cancel);
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        settle(() =>
          reject(
            new UserError(
              'engine/unavailable',
              'The part of the app that fetches files could not be loaded. Reload the page, or download the file and drop it here.',
            ),
          ),
        );
      });
      worker.addEventListener('message', ({ data }: MessageEvent<FetchAnswer>) => {
        if (data.type === 'head') {
          head = data;
          progress.begin(data.bytes);
        } else if (data.type === 'progress') progress.update(data.bytes);
        else if (data.type === 'file') settle(() => resolve({ content: data.content, head }));
        else settle(() => reject(fetchError(plain, data.reason, data.status)));
      });
      worker.postMessage(request);
    });
  }
}

/** Tells a person how far a file is, as of a job. */
class FetchProgress {
  readonly #onProgress: ((job: Job) => void) | undefined;
  readonly #job: Job;
  readonly #started = performance.now();
  #max: number | null = null;
  #told = Number.NEGATIVE_INFINITY;

  constructor(name: string, onProgress: ((job: Job) => void) | undefined) {
    this.#onProgress = onProgress;
    this.#job = {
      ...newJob({ kind: 'import', resource: { kind: 'source', id: newId(), name } }),
      status: 'IN_PROGRESS',
    };
    this.#tell(0);
  }

  begin(max: number | null): void {
    this.#max = max;
    this.#tell(0);
  }

  update(bytes: number): void {
    if (performance.now() - this.#told >= PROGRESS_INTERVAL_MS) this.#tell(bytes);
  }

  end(): void {
    this.#told = Number.POSITIVE_INFINITY;
  }

  #tell(value: number): void {
    this.#told = performance.now();
    // The length was that of packed bytes.
    if (this.#max !== null && value > this.#max) this.#max = null;
    const elapsed = (this.#told - this.#started) / 1000;
    const remaining = this.#max !== null && value > 0 ? (elapsed * (this.#max - value)) / value : null;
    const step: ProgressStep = {
      ...({ code: 'IMPORT_DATA', phase: 'FETCH_FILE', status: 'IN_PROGRESS', unit: 'bytes' } as const),
      ...{ value, max: this.#max, elapsed, remaining },
    };
    this.#onProgress?.({ ...this.#job, steps: [step] });
  }
}

/** Some servers answer with a page where a file was meant. */
async function isPage(content: Blob, contentType: string | null): Promise<boolean> {
  if (contentType !== null && !/html/i.test(contentType)) return false;
  return /^\s*(<!doctype html|<html)/i.test(await content.slice(0, 1000).text());
}

function startWorker(): FetchWorker {
  return new Worker(new URL('../../workers/address/address-worker.ts', import.meta.url), { type: 'module' });
}
