import { isCanceled, UserError } from '../domain/errors';
import type { Generator } from '../domain/generators';
import { newId } from '../domain/ids';
import { onlyTable } from '../domain/only-table';
import type { Source } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import type { RunningJob } from './job-run';
import type { Workers } from './workers';

/** What of a source finds its file. */
type Readable = Pick<Source, 'name' | 'file'> & { readonly tables: readonly { readonly id: string }[] };

/** The worker that has a table, or a model. */
type Holder = 'database' | 'engine';

/**
 * Brings back into memory what earlier sessions left in the workspace, when it is first needed: tables of sources,
 * models, rows of synthetic datasets.
 */
export class Restorer {
  readonly #workers: Workers;
  readonly #brought: ReadonlyMap<string, File>;
  /** Tables and models that the workers hold, or are about to. */
  readonly #there = new Map<string, { readonly holder: Holder; readonly opened: Promise<void> }>();

  /** @param brought files of sources that this page has read, by the id of their table */
  constructor(workers: Workers, brought: ReadonlyMap<string, File>) {
    this.#workers = workers;
    this.#brought = brought;
  }

  /** A table or model that a worker made in this session. */
  has(id: string, holder: Holder = 'database'): void {
    this.#there.set(id, { holder, opened: Promise.resolve() });
  }

  /** What a worker held is gone with it. */
  lose(holder: Holder): void {
    for (const [id, there] of this.#there) if (there.holder === holder) this.#there.delete(id);
  }

  /** The database has a table no more. */
  without(id: string): void {
    this.#there.delete(id);
  }

  /** Lets the database forget a table, if it has it. */
  async dropTable(id: string): Promise<void> {
    if (await this.#forget(id)) await (await this.#workers.database()).dropTable(id);
  }

  /** Lets the engine forget a model, if it has it. */
  async dropModel(id: string): Promise<void> {
    if (await this.#forget(id)) await (await this.#workers.engine()).release(id);
  }

  /** The copy of the file of a source, else the file itself. @throws UserError `not-found` if neither is at hand */
  async file({ name, file, tables }: Readable): Promise<File> {
    if (file) return (await this.#workers.workspace()).read(file);
    const brought = this.#brought.get(onlyTable({ tables }).id);
    if (brought) return brought;
    throw new UserError('not-found', `The file of ${name} is no longer at hand. Drop it again.`);
  }

  /** Reads the file of a source again, as it was read, unless its table is there. */
  source(source: Source, job?: RunningJob): Promise<void> {
    const { id: sourceId, dialect, chosen } = source;
    const { id: tableId } = onlyTable(source);
    return this.#once(tableId, 'database', async () => {
      const file = await this.file(source);
      const read = async (database: Awaited<ReturnType<Workers['database']>>, jobId: string) => {
        // What was found is found again, unless finding changed since.
        for (const settings of chosen ? [chosen, dialect] : [dialect]) {
          const again = await database.importSource(jobId, { sourceId, tableId }, file, settings);
          if (shapeOf(again) === shapeOf(source)) return;
        }
        throw new UserError(
          'source/unreadable',
          `This version of Doppelgrid reads other rows or columns from ${source.name} than the one that imported it. Bring the file in again.`,
        );
      };
      if (job)
        await job.ask(this.#workers.database, ['IMPORT_DATA', 'bytes'], (database) => read(database, job.id));
      else await read(await this.#workers.database(), newId());
    });
  }

  /** Brings a table into the database by `open`, unless it is there. */
  table(id: string, open: () => Promise<void>): Promise<void> {
    return this.#once(id, 'database', open);
  }

  /** Opens the trained model of a generator unless the engine has it. */
  model({
    config,
    tables,
  }: {
    readonly config: Generator['config'];
    readonly tables: readonly Pick<Generator['tables'][number], 'modelId' | 'model'>[];
  }): Promise<void> {
    const { modelId, model } = onlyTable({ tables });
    return this.#once(modelId, 'engine', async () => {
      if (!model) {
        throw new UserError(
          'not-found',
          `The model of “${config.name}” was not kept. Clone the generator and train it again.`,
        );
      }
      const workspace = await this.#workers.workspace();
      const [manifest, tensors] = await Promise.all([
        workspace.read(model.manifest),
        workspace.read(model.tensors),
      ]);
      const stored = {
        manifest: await manifest.text(),
        tensors: new Uint8Array(await tensors.arrayBuffer()),
      };
      await (await this.#workers.engine()).importModel(modelId, stored);
    });
  }

  /** Opens the rows of a synthetic dataset unless the database has them. */
  rows({ tables }: Pick<SyntheticDataset, 'tables'>): Promise<void> {
    const { id, stored } = onlyTable({ tables });
    return this.#once(id, 'database', async () => {
      if (!stored) throw new UserError('not-found', 'These rows are not there yet. Generate them first.');
      await (await this.#workers.database()).reopenDataset(id, stored);
    });
  }

  /** @returns whether a worker has it, once that is known */
  async #forget(id: string): Promise<boolean> {
    const there = this.#there.get(id);
    this.#there.delete(id);
    return (
      there?.opened.then(
        () => true,
        () => false,
      ) ?? false
    );
  }

  /** What failed is tried again at the next call; who waited for a job that was cancelled opens it itself. */
  #once(id: string, holder: Holder, open: () => Promise<void>): Promise<void> {
    const known = this.#there.get(id);
    if (known) {
      return known.opened.catch((error: unknown) => {
        if (isCanceled(error)) return this.#once(id, holder, open);
        throw error;
      });
    }
    const opened = open();
    this.#there.set(id, { holder, opened });
    opened.catch(() => {
      if (this.#there.get(id)?.opened === opened) this.#there.delete(id);
    });
    return opened;
  }
}

/** What configurations and models rely on. */
function shapeOf(source: Source): string {
  const { rowCount, columns } = onlyTable(source);
  return JSON.stringify([rowCount, columns.map(({ name, storageType }) => [name, storageType])]);
}

/** Keeps the trained model of a generator. @returns ids of its files */
export async function keepModel(
  workers: Workers,
  modelId: string,
): Promise<{ manifest: string; tensors: string }> {
  const { manifest, tensors } = await (await workers.engine()).exportModel(modelId);
  const workspace = await workers.workspace();
  const text = await workspace.keep(new File([manifest], 'manifest.json', { type: 'application/json' }));
  try {
    const weights = new File([tensors as Uint8Array<ArrayBuffer>], 'weights.safetensors');
    return { manifest: text, tensors: await workspace.keep(weights) };
  } catch (error) {
    await workspace.remove(text);
    throw error;
  }
}

/** Removes the files of a model. */
export async function removeFiles(workers: Workers, files: readonly string[]): Promise<void> {
  const workspace = await workers.workspace();
  await Promise.all(files.map((file) => workspace.remove(file)));
}
