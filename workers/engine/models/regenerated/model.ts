import { pause } from '../../../../src/threads/thread';
import type { Artefact, Learned } from '../artefact';
import type { Model, RowBlock, SampleRequest, Sampler, Trained, TrainingTable } from '../model';
import { must } from '../stored/broken-model';

/**
 * Stands for the model of a table of which no column is learned. It is no family that a person can choose: every
 * configuration takes it where nothing is left to learn (docs/model.md, Nothing to learn).
 */
export const REGENERATED = 'regenerated';

/** Rows handed on at once. */
const BLOCK_ROWS = 25_000;

class RegeneratedSampler implements Sampler {
  async *rows({ rows, from }: SampleRequest): AsyncGenerator<RowBlock> {
    for (let row0 = from?.row0 ?? 0; row0 < rows; row0 += BLOCK_ROWS) {
      await pause();
      yield { row0, rows: Math.min(BLOCK_ROWS, rows - row0), point: { row0 }, columns: [], seconds: 0 };
    }
  }

  complete(_given: unknown, request: SampleRequest): AsyncGenerator<RowBlock> {
    return this.rows(request);
  }

  memory(): number {
    return 0;
  }

  dispose(): void {}
}

class RegeneratedModel implements Model<Pick<TrainingTable, 'rowCount' | 'holders'>> {
  async encode({ rowCount, holders }: TrainingTable): Promise<Pick<TrainingTable, 'rowCount' | 'holders'>> {
    return { rowCount, holders };
  }

  /** Nothing is computed: the summary says so. */
  async train({ rowCount, holders }: Pick<TrainingTable, 'rowCount' | 'holders'>): Promise<Trained> {
    return {
      learned: { content: {}, tensors: {} },
      summary: {
        ...{ backend: 'none', adapter: 'no model', stoppedBy: 'completed', seconds: 0, parameters: 0 },
        ...{ passes: null, generationOrder: null, privacyGuard: null, peakMemory: 0 },
        rows: { training: holders.length, validation: rowCount - holders.length },
      },
    };
  }

  check({ output }: Artefact): void {
    must(
      output.every(({ role }) => role !== 'feature'),
      'learned nothing, and yet is to draw a column',
    );
  }

  async open(_learned: Learned): Promise<Sampler> {
    return new RegeneratedSampler();
  }
}

/** The model of tables of which nothing is learned. */
export function createModel(): Model {
  return new RegeneratedModel() as Model;
}
