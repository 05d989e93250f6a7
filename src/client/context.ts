import type { Generator } from '../domain/generators';
import type { Report } from '../domain/reports';
import type { Source } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import type { JobBoard } from './jobs';
import type { Shelf } from './shelf';
import type { WorkerPool } from './worker-pool';

/** What the parts of the client share. */
export interface ClientContext {
  readonly workers: WorkerPool;
  readonly jobs: JobBoard;
  readonly sources: Shelf<Source>;
  readonly generators: Shelf<Generator>;
  readonly datasets: Shelf<SyntheticDataset>;
  readonly reports: Shelf<Report>;
}
