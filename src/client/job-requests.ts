import { errorText, UserError } from '../domain/errors';
import { newId } from '../domain/ids';

/** What one page may ask of a job that runs in another. */
export type JobRequest = 'cancel' | 'stop' | 'pause';

type Message =
  | { readonly type: 'ask'; readonly id: string; readonly jobId: string; readonly request: JobRequest }
  | { readonly type: 'heard'; readonly id: string }
  /** `error`: the sentence of what was wrong. */
  | { readonly type: 'done'; readonly id: string; readonly error: string | null };

const CHANNEL = 'doppelgrid-jobs';
/** A page that runs a job answers within so many milliseconds, at least that it has heard. */
const PATIENCE_MS = 5_000;
/** Within so many it has done it, or is gone. */
const WORK_MS = 60_000;

/** Lets pages end, stop and pause each other's jobs: the one that runs a job does what another asks. */
export class JobRequests {
  readonly #waiting = new Map<string, (message: Message) => void>();
  #channel: BroadcastChannel | null = null;

  /**
   * Listens from now on.
   * @param obey null = the job does not run here
   */
  open(obey: (jobId: string, request: JobRequest) => Promise<void> | null): void {
    if (this.#channel || !globalThis.BroadcastChannel) return;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.onmessage = ({ data: message }: MessageEvent<Message>) => {
      if (message.type === 'ask') this.#answer(message, obey);
      else this.#waiting.get(message.id)?.(message);
    };
    // Tests run where an open channel would keep the process alive.
    (this.#channel as { unref?(): void }).unref?.();
  }

  /**
   * Asks whichever page runs a job; resolves when that has done it.
   * @throws UserError with the sentence of that page; `config/invalid` if none answers
   */
  ask(jobId: string, request: JobRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      const id = newId();
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(id);
      };
      const giveUp = () => {
        end();
        reject(
          new UserError(
            'config/invalid',
            'This runs in another tab, which does not answer. Look after it there, or close that tab.',
          ),
        );
      };
      let timer = setTimeout(giveUp, PATIENCE_MS);
      this.#waiting.set(id, (message) => {
        if (message.type === 'heard') {
          clearTimeout(timer);
          timer = setTimeout(giveUp, WORK_MS);
          return;
        }
        end();
        if (message.type !== 'done' || message.error === null) resolve();
        else reject(new UserError('config/invalid', message.error));
      });
      this.#send({ type: 'ask', id, jobId, request });
    });
  }

  #answer(
    { id, jobId, request }: Extract<Message, { type: 'ask' }>,
    obey: (jobId: string, request: JobRequest) => Promise<void> | null,
  ): void {
    const done = obey(jobId, request);
    if (!done) return;
    this.#send({ type: 'heard', id });
    done.then(
      () => this.#send({ type: 'done', id, error: null }),
      (error: unknown) => this.#send({ type: 'done', id, error: errorText(error) }),
    );
  }

  #send(message: Message): void {
    this.#channel?.postMessage(message);
  }
}
