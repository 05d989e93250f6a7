import type { DatabaseApi } from '../../workers/database/protocol';
import type { EngineApi } from '../../workers/engine/protocol';
import type { QualityApi } from '../../workers/quality/protocol';
import type { Generator } from '../domain/generators';
import type { Report } from '../domain/reports';
import type { Source } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import type { Remote } from '../threads/rpc';
import type { JobRegistry } from './job-registry';
import type { Shelf } from './shelf';

/** The workers of a page, each started when it is first asked for. */
export interface Workers {
  /** DuckDB and, behind it, the file store. */
  database(): Promise<Remote<DatabaseApi>>;
  /** Encoding, training and sampling. */
  engine(): Promise<Remote<EngineApi>>;
  /** Metrics. */
  quality(): Promise<Remote<QualityApi>>;
}

/** What the parts of the client share. */
export interface ClientContext {
  readonly workers: Workers;
  readonly jobs: JobRegistry;
  readonly sources: Shelf<Source>;
  readonly generators: Shelf<Generator>;
  readonly datasets: Shelf<SyntheticDataset>;
  readonly reports: Shelf<Report>;
}
