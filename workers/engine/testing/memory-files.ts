import { newId } from '../../../src/domain/ids';
import type { FilesApi } from '../../workspace/protocol';

/** Files of a workspace in memory. */
export class MemoryFiles implements FilesApi {
  readonly #parts = new Map<string, Uint8Array<ArrayBuffer>[]>();

  get ids(): string[] {
    return [...this.#parts.keys()];
  }

  async create(): Promise<string> {
    const id = newId();
    this.#parts.set(id, []);
    return id;
  }

  async append(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#partsOf(file).push(bytes.slice());
  }

  async close(file: string): Promise<number> {
    return (await this.read(file)).size;
  }

  async mark(file: string): Promise<number> {
    return this.close(file);
  }

  async reopen(file: string, bytes: number): Promise<void> {
    await this.replace(file, (all) => all.slice(0, bytes));
  }

  async read(file: string): Promise<File> {
    return new File(this.#partsOf(file), 'file');
  }

  async remove(file: string): Promise<void> {
    this.#parts.delete(file);
  }

  /** Puts other bytes in the stead of a file's. */
  async replace(
    file: string,
    change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
  ): Promise<void> {
    const bytes = new Uint8Array(await (await this.read(file)).arrayBuffer());
    this.#parts.set(file, [change(bytes)]);
  }

  #partsOf(file: string): Uint8Array<ArrayBuffer>[] {
    const parts = this.#parts.get(file);
    if (!parts) throw new Error(`no file ${file}`);
    return parts;
  }
}
