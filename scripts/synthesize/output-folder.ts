import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from './setting-options';

/**
 * Files are written beside their destination and moved there when all are complete, so that a run that fails or is
 * interrupted leaves nothing behind and takes nothing away.
 */
export class OutputFolder {
  readonly #target: string;
  readonly #partial: string;
  readonly #files: string[] = [];

  /** @throws InputError if the destination cannot be a folder */
  constructor(target: string) {
    this.#target = resolve(target);
    if (existsSync(this.#target) && !statSync(this.#target).isDirectory()) {
      throw new InputError(`--out: “${target}” is a file. Name a folder.`);
    }
    try {
      this.#partial = mkdtempSync(join(existingParent(this.#target), '.doppelgrid-'));
    } catch (cause) {
      throw new InputError(`--out: nothing can be written to “${target}” (${(cause as Error).message}).`);
    }
  }

  /** Where to write a file of this name. */
  path(name: string): string {
    this.#files.push(name);
    return join(this.#partial, name);
  }

  /** Moves the files into place, over those of the same names. */
  deliver(): void {
    mkdirSync(this.#target, { recursive: true });
    for (const name of this.#files) renameSync(join(this.#partial, name), join(this.#target, name));
    this.discard();
  }

  /** Removes what was written so far. */
  discard(): void {
    rmSync(this.#partial, { recursive: true, force: true });
  }
}

/** The nearest folder that exists: on the same disk as the destination, so that moving is renaming. */
function existingParent(path: string): string {
  const parent = dirname(path);
  return existsSync(parent) ? parent : existingParent(parent);
}
