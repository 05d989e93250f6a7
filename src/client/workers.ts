import type { DatabaseApi } from '../../workers/database/protocol';
import type { EngineApi } from '../../workers/engine/protocol';
import type { QualityApi } from '../../workers/quality/protocol';
import type { WorkspaceApi, WorkspaceState } from '../../workers/workspace/protocol';
import type { Remote } from '../threads/rpc';

/** The workers of a page, each started when it is first asked for. */
export interface Workers {
  /** DuckDB and, behind it, the file store. */
  database(): Promise<Remote<DatabaseApi>>;
  /** Encoding, training and sampling. */
  engine(): Promise<Remote<EngineApi>>;
  /** Metrics. */
  quality(): Promise<Remote<QualityApi>>;
  /** Records and files. */
  workspace(): Promise<Remote<WorkspaceApi>>;
  /** Of the workspace, once it is open. */
  readonly state: WorkspaceState | null;
}
