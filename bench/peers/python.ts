/** Python peers: found, started and spoken to. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Versions of what is installed; null where it is not. */
const Packages = z.object({
  python: z.string(),
  torch: z.string().nullable(),
  engine: z.string().nullable(),
  qa: z.string().nullable(),
});

export interface Python extends z.infer<typeof Packages> {
  readonly command: string;
}

const LIST_PACKAGES = `
import importlib.metadata, json, platform
def version(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
print(json.dumps({"python": platform.python_version(), "torch": version("torch"),
    "engine": version("mostlyai-engine"), "qa": version("mostlyai-qa")}))
`;

/** The slowest peer, the packaged engine, takes one to two minutes on two cores. */
const MAX_MINUTES = 8;

/** What to do so that the Python peers are measured too. */
export const PYTHON_HINT =
  'python3 -m venv .cache/python && .cache/python/bin/pip install torch mostlyai-engine mostlyai-qa, then ' +
  'PYTHON=.cache/python/bin/python npm run bench';

/** The Python that `PYTHON` names, else `python3`; null if there is none. */
export function findPython(): Python | null {
  const command = process.env['PYTHON'] || 'python3';
  const { stdout, status } = spawnSync(command, ['-c', LIST_PACKAGES], { encoding: 'utf8' });
  if (status !== 0) return null;
  return { command, ...Packages.parse(JSON.parse(stdout)) };
}

/** Runs a script of this folder to its end. @returns the one line of JSON it prints */
export async function runPeer(python: Python, script: string, args: readonly string[]): Promise<unknown> {
  const peer = new PythonPeer(python, script, args);
  try {
    return await peer.answer();
  } finally {
    peer.close();
  }
}

/** A script of this folder that prints a line of JSON when it starts and one per line it reads. */
export class PythonPeer {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #complaints = '';

  constructor(python: Python, script: string, args: readonly string[]) {
    const path = fileURLToPath(new URL(script, import.meta.url));
    // A process group of its own, so that its workers end with it.
    this.#child = spawn(python.command, [path, ...args], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-2000);
    });
    this.#child.on('error', (error) => {
      this.#complaints += error.message;
    });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /**
   * The next line.
   * @throws Error with the end of what it complained about if it ended instead, or took more than eight minutes
   */
  async answer(): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.close();
        reject(new Error(`A Python peer gave no answer within ${MAX_MINUTES} minutes.\n${this.#complaints}`));
      }, MAX_MINUTES * 60_000);
    });
    const { value, done } = await Promise.race([this.#lines.next(), late]).finally(() => clearTimeout(timer));
    if (done) throw new Error(`A Python peer ended without an answer.\n${this.#complaints}`);
    return JSON.parse(value);
  }

  /** Asks for one more measurement. */
  async ask(): Promise<unknown> {
    this.#child.stdin!.write('\n');
    return this.answer();
  }

  /** Ends it and its workers, which would hold its output, and so this process, open for minutes. */
  close(): void {
    const { pid, stdin, stdout, stderr } = this.#child;
    for (const stream of [stdin, stdout, stderr]) stream?.destroy();
    this.#child.unref();
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
  }
}
