import type { Page } from '@playwright/test';
import type { Generator, GeneratorConfig } from '../../src/domain/generators';
import type { Job } from '../../src/domain/job';
import type { ReportFormat } from '../../src/domain/report-exports';
import type { WholeReport } from '../../src/domain/reports';
import type { CsvDialect, Source } from '../../src/domain/sources';
import type {
  DownloadFormat,
  SyntheticDataset,
  SyntheticDatasetConfig,
} from '../../src/domain/synthetic-datasets';
import { unwrap } from '../lib/headless-app';

/** The client's calls on `window.doppelgrid`, one function each; rows stay in the page. */

/** Imports `window.given[name]`; several files are one table. @param called what it is to be called; by default as its file */
export async function importFile(
  page: Page,
  name: string,
  dialect: Partial<CsvDialect> = {},
  called: string | null = null,
): Promise<Source> {
  const request = { name, dialect, called };
  return unwrap(
    await page.evaluate(
      (given) =>
        window.attempt(async () => {
          const { sources } = window.doppelgrid;
          const files = window.given[given.name]!;
          const source = await sources.create(files.length === 1 ? files[0]! : { files }, {
            dialect: given.dialect,
            onProgress: window.tellProgress,
          });
          return given.called === null ? source : sources.rename(source.id, { name: given.called });
        }),
      request,
    ),
  );
}

/** Imports `window.given[name]` as a recipe reads it. @param recipe the text of its file */
export async function importByRecipe(
  page: Page,
  name: string,
  recipe: string,
  dialect: Partial<CsvDialect>,
): Promise<Source> {
  const request = { name, recipe, dialect };
  return unwrap(
    await page.evaluate(
      (given) =>
        window.attempt(async () => {
          const { recipes, sources } = window.doppelgrid;
          const { id } = await recipes.import(given.recipe);
          const files = window.given[given.name]!;
          const file = files.length === 1 ? files[0]! : { files };
          const options = { onProgress: window.tellProgress };
          const isSaid = Object.keys(given.dialect).length > 0;
          const said = { ...recipes.version(id).dialect, ...given.dialect };
          return isSaid
            ? sources.create(file, { ...options, dialect: said })
            : recipes.read(id, file, options);
        }),
      request,
    ),
  );
}

export async function proposeGenerator(page: Page, sourceId: string): Promise<GeneratorConfig> {
  return unwrap(
    await page.evaluate(
      (id) => window.attempt(() => window.doppelgrid.generators.propose(id).config),
      sourceId,
    ),
  );
}

/** @param protectionKey by default the app draws one */
export async function createGenerator(
  page: Page,
  config: GeneratorConfig,
  protectionKey?: string,
): Promise<Generator> {
  const request = { config, protectionKey };
  return unwrap(
    await page.evaluate(
      ({ config, protectionKey }) =>
        window.attempt(() => window.doppelgrid.generators.create(config, { protectionKey })),
      request,
    ),
  );
}

export async function train(page: Page, id: string): Promise<Generator> {
  return unwrap(
    await page.evaluate(
      (given) =>
        window.attempt(() => window.doppelgrid.generators.train(given, { onProgress: window.tellProgress })),
      id,
    ),
  );
}

export async function proposeDataset(page: Page, generatorId: string): Promise<SyntheticDatasetConfig> {
  return unwrap(
    await page.evaluate(
      (id) => window.attempt(() => window.doppelgrid.syntheticDatasets.propose(id)),
      generatorId,
    ),
  );
}

/** Generates the rows and writes their report. */
export async function generate(page: Page, config: SyntheticDatasetConfig): Promise<SyntheticDataset> {
  return unwrap(
    await page.evaluate(
      (given) =>
        window.attempt(() => {
          const { syntheticDatasets } = window.doppelgrid;
          const { id } = syntheticDatasets.create(given);
          return syntheticDatasets.generate(id, { onProgress: window.tellProgress });
        }),
      config,
    ),
  );
}

export async function getReport(page: Page, id: string): Promise<WholeReport> {
  return unwrap(
    await page.evaluate((given) => window.attempt(() => window.doppelgrid.reports.read(given)), id),
  );
}

/** Writes a report as a file into `window.files[name]`. */
export async function exportReport(
  page: Page,
  id: string,
  format: ReportFormat,
  name: string,
): Promise<void> {
  const request = { id, format, name };
  return unwrap(
    await page.evaluate(
      (given) =>
        window.attempt(async () => {
          window.files[given.name] = await window.doppelgrid.reports.download(given.id, given.format);
        }),
      request,
    ),
  );
}

/**
 * Writes a dataset as a file into `window.files[name]`.
 * @returns what the format could not hold, in sentences
 */
export async function exportFile(
  page: Page,
  id: string,
  format: DownloadFormat,
  name: string,
  { csvForm, sorted }: { csvForm: 'original' | 'standard' | undefined; sorted: boolean },
): Promise<readonly string[]> {
  const csv = { neutraliseFormulas: false, ...(csvForm && { form: csvForm }) };
  const request = { id, format, name, options: { csv, sorted } };
  return unwrap(
    await page.evaluate(
      (given) =>
        window.attempt(async () => {
          const { syntheticDatasets } = window.doppelgrid;
          let notices: readonly string[] = [];
          window.files[given.name] = await syntheticDatasets.download(given.id, given.format, {
            ...given.options,
            onProgress: (job) => {
              notices = job.notices;
              window.tellProgress(job);
            },
          });
          return notices;
        }),
      request,
    ),
  );
}

/** Adds up the seconds of each step over all jobs. */
export class StepClock {
  readonly #elapsed = new Map<string, { readonly code: string; readonly seconds: number }>();

  update({ id, steps }: Pick<Job, 'id' | 'steps'>): void {
    for (const { code, elapsed } of steps) {
      this.#elapsed.set(`${id} ${code}`, { code: code.toLowerCase(), seconds: elapsed });
    }
  }

  /** Seconds by step code in lower case, in the order the steps ran. */
  seconds(): Record<string, number> {
    const total: Record<string, number> = {};
    for (const { code, seconds } of this.#elapsed.values()) total[code] = (total[code] ?? 0) + seconds;
    return total;
  }
}
