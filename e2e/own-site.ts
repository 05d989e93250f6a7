import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIST } from '../scripts/lib/paths';
import { type RunningServer, serve } from '../scripts/serve/server';

/** The built app on a server of one test's own, which can go away and come back with another version. */
export class OwnSite {
  readonly #folder: string;
  #server: RunningServer;

  private constructor(folder: string, server: RunningServer) {
    this.#folder = folder;
    this.#server = server;
  }

  static async open(): Promise<OwnSite> {
    const folder = mkdtempSync(join(tmpdir(), 'doppelgrid-site-'));
    cpSync(DIST, folder, { recursive: true, filter: (path) => path !== join(DIST, 'assets') });
    symlinkSync(join(DIST, 'assets'), join(folder, 'assets'), 'junction');
    return new OwnSite(folder, await serve({ root: folder, port: 0 }));
  }

  get url(): string {
    return this.#server.url;
  }

  /** From now on nobody answers at the address. */
  async goOffline(): Promise<void> {
    await this.#server.close();
  }

  /** Serves another version of the app: its page is named so, and its service worker installs that page. */
  async deploy(version: string): Promise<void> {
    await this.#server.close();
    const meta = `<meta name="version" content="${version}" />`;
    this.#edit('index.html', (text) => text.replace('</head>', `${meta}</head>`));
    this.#edit('service-worker.js', (text) =>
      text.replace(/(url:"index\.html",revision:")[^"]+/, `$1${version}`),
    );
    this.#server = await serve({ root: this.#folder, port: Number(new URL(this.url).port) });
  }

  async close(): Promise<void> {
    await this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #edit(name: string, change: (text: string) => string): void {
    const path = join(this.#folder, name);
    const text = readFileSync(path, 'utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`${name} is not as it was expected.`);
    writeFileSync(path, changed);
  }
}
