import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

interface Answer {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** A tab of a browser that treats it as one of a person: hidden behind another, its timers are held back. */
export interface PlainTab {
  /** The value of an expression or of its promise. */
  evaluate(expression: string): Promise<unknown>;
  /** Opens another tab before it. */
  cover(): Promise<void>;
  close(): void;
}

/**
 * Playwright keeps every page visible and its timers running, so this speaks to the browser itself.
 * @param folder of its profile; its processes write there for a moment after `close`
 */
export async function openPlainTab(executable: string, url: string, folder: string): Promise<PlainTab> {
  const browser = spawn(
    executable,
    ['--headless=new', '--no-sandbox', '--remote-debugging-pipe', `--user-data-dir=${folder}`],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const send = protocol(browser.stdio[3] as Writable, browser.stdio[4] as Readable);
  const { targetId } = await send('Target.createTarget', { url });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  return {
    async evaluate(expression) {
      const params = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await send('Runtime.evaluate', params, sessionId as string);
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value: unknown }).value;
    },
    async cover() {
      const other = await send('Target.createTarget', { url: 'about:blank' });
      await send('Target.activateTarget', { targetId: other['targetId'] });
    },
    close() {
      browser.kill();
    },
  };
}

type Send = (
  method: string,
  params: Record<string, unknown>,
  sessionId?: string,
) => Promise<Record<string, unknown>>;

/** Messages are JSON, each ended by a zero byte. */
function protocol(out: Writable, incoming: Readable): Send {
  const waiting = new Map<number, (answer: Answer) => void>();
  let text = '';
  incoming.on('data', (chunk: Buffer) => {
    const pieces = (text + chunk.toString()).split('\0');
    text = pieces.pop()!;
    for (const piece of pieces) {
      const answer = JSON.parse(piece) as Answer;
      if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    }
  });
  let last = 0;
  return (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id);
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result ?? {});
      });
      out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
}
