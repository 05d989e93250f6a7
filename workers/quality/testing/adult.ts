import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NamedColumn } from '../../../src/domain/column-data';
import { readCsvTable } from './csv-table';

/** The benchmark of published Adult outputs with the reference's own scores, next to the repository. */
const SHARED = fileURLToPath(new URL('../../../../shared/', import.meta.url));
const DATA = `${SHARED}data/bench_adult/`;

/** A folder or file beside the repository. */
export function sharedFolder(path: string): string {
  return `${SHARED}${path}`;
}

/** Three published outputs: a weak one, a good one, and one that copied some of its training rows. */
export const PUBLISHED = ['2023-05__ctgan', '2024-12__mostlyai', '2023-05__synthpop'] as const;

/** All published outputs that are there. */
export function publishedFiles(): string[] {
  return readdirSync(`${DATA}syn`)
    .filter((file) => file.endsWith('.csv.gz'))
    .map((file) => file.replace('.csv.gz', ''))
    .sort();
}

/** What the reference printed for one file; names carry the prefix `tgt::`. */
export interface Fixture {
  readonly metrics: {
    readonly accuracy: Record<string, number | null>;
    readonly similarity: Record<string, number>;
    readonly distances: Record<string, number>;
  };
  readonly univariate: { readonly rows: readonly [string, number, number][] };
  readonly bivariate: { readonly rows: readonly [string, string, string, number, number][] };
  readonly trivariate: { readonly rows: readonly [string, string, string, number, number][] };
  /** φK of the original. */
  readonly correlations: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly number[])[];
  };
}

/** What SDMetrics printed for one file. */
export interface SdFixture {
  readonly QualityReport: {
    readonly score: number;
    readonly properties: readonly [string, number][];
    readonly 'Column Shapes': readonly { readonly Column: string; readonly Score: number }[];
    readonly 'Column Pair Trends': readonly {
      readonly 'Column 1': string;
      readonly 'Column 2': string;
      readonly Score: number | null;
    }[];
  };
  readonly DiagnosticReport: {
    readonly score: number;
    readonly properties: readonly [string, number][];
    readonly 'Data Validity': readonly { readonly Column: string; readonly Score: number }[];
  };
}

/** The first path that is not there, or null if all is. */
export function missingAdult(): string | null {
  const paths = [`${DATA}train.csv.gz`, `${DATA}holdout.csv.gz`].concat(
    PUBLISHED.flatMap((name) => [`${DATA}syn/${name}.csv.gz`, fixturePath(name)]),
  );
  return paths.find((path) => !existsSync(path)) ?? null;
}

export function readAdult(): { training: NamedColumn[]; holdout: NamedColumn[] } {
  const training = readCsvTable(`${DATA}train.csv.gz`);
  return { training, holdout: readCsvTable(`${DATA}holdout.csv.gz`, training) };
}

export function readPublished(name: string, training: readonly NamedColumn[]): NamedColumn[] {
  return readCsvTable(`${DATA}syn/${name}.csv.gz`, training);
}

export function readFixture(name: string): Fixture {
  return JSON.parse(readFileSync(fixturePath(name), 'utf8')) as Fixture;
}

function fixturePath(name: string): string {
  return `${SHARED}fixtures/quality/adult__${name}.json`;
}

export function readSdFixture(name: string): SdFixture {
  return JSON.parse(readFileSync(fixturePath(`${name}.sdmetrics`), 'utf8')) as SdFixture;
}
