import type { ColumnSchema } from '../../../src/domain/column-data';
import { z } from '../../../src/domain/zod';
import type { DatabasePeerApi } from '../../database/protocol';
import type { CheckpointKeeper } from '../checkpoints/checkpoint-keeper';
import { SamplePoint } from '../models/model';

/** What is counted while rows are drawn. */
const DrawnCounts = z.object({
  samplingSeconds: z.number(),
  mended: z.object({ drawnAgain: z.number(), copied: z.number() }),
  keys: z.object({ drawnAgain: z.number(), repeated: z.number() }).optional(),
});
export type DrawnCounts = z.infer<typeof DrawnCounts>;

/** Where a generation can go on. */
const GenerationPoint = z.object({
  /** What is written, up to a complete row group. */
  dataset: z.object({
    file: z.string(),
    bytes: z.number().int().positive(),
    rows: z.number().int().positive(),
    groups: z.string(),
  }),
  /** Where drawing begins again, at or before the end of what is written; null = at the first row. */
  point: SamplePoint.nullable(),
  /** As they were at that point. */
  counts: DrawnCounts,
  /** That the generation took so far. */
  seconds: z.number(),
});
export type GenerationPoint = z.infer<typeof GenerationPoint>;

type Sink = Pick<DatabasePeerApi, 'markDataset' | 'resumeDataset'>;

/** The checkpoints of one generation: what is written of its file, and from where on rows must be drawn. */
export class GenerationCheckpoints {
  readonly #keeper: CheckpointKeeper;
  readonly #fingerprint: () => string;
  /** Points passed, of which rows may still be unwritten; the last one that has none comes first. */
  #passed: { readonly point: SamplePoint | null; readonly counts: DrawnCounts }[] = [
    { point: null, counts: { samplingSeconds: 0, mended: { drawnAgain: 0, copied: 0 } } },
  ];
  /** Rows of the last checkpoint. */
  #keptRows = 0;
  #marking: Promise<void> | null = null;

  /**
   * @param fingerprint of the model and all that is asked of it
   */
  constructor(keeper: CheckpointKeeper, fingerprint: () => string) {
    this.#keeper = keeper;
    let known: string | null = null;
    this.#fingerprint = () => {
      known ??= fingerprint();
      return known;
    };
  }

  /** Whether there is a checkpoint to go on from. */
  get isKept(): boolean {
    return this.#keptRows > 0;
  }

  /** Takes the dataset up again; null, with a notice, if that is not possible. */
  async resume(
    sink: Sink,
    dataset: { tableId: string; fileName: string; columns: ColumnSchema[]; expectedRows: number },
  ): Promise<GenerationPoint | null> {
    const past = this.#keeper.takePast();
    if (!past) return null;
    const read = GenerationPoint.safeParse(past.state);
    if (past.fingerprint !== this.#fingerprint() || !read.success) {
      this.#keeper.refuse('belongs to another model or other settings');
      return null;
    }
    const { data } = read;
    try {
      await sink.resumeDataset({ ...dataset, point: data.dataset });
    } catch {
      this.#keeper.refuse('is not there any more');
      return null;
    }
    this.#keptRows = data.dataset.rows;
    this.#passed = [{ point: data.point, counts: data.counts }];
    return data;
  }

  /** @param counts before the rows from this point on */
  pass(point: SamplePoint, counts: DrawnCounts): void {
    this.#passed.push({ point, counts: structuredClone(counts) });
  }

  /** Writes a checkpoint in the background where one is due and a row group more is written. */
  keep(sink: Sink, tableId: string, seconds: number): void {
    if (this.#marking || !this.#keeper.isDue()) return;
    // What fails here fails the blocks, too.
    this.#marking = this.#mark(sink, tableId, seconds)
      .catch(() => undefined)
      .finally(() => {
        this.#marking = null;
      });
  }

  /** Resolves when all row groups that are written are kept. */
  async keepNow(sink: Sink, tableId: string, seconds: number): Promise<void> {
    await this.#marking;
    await this.#mark(sink, tableId, seconds);
    await this.#keeper.written();
  }

  async #mark(sink: Sink, tableId: string, seconds: number): Promise<void> {
    const dataset = await sink.markDataset(tableId);
    if (!dataset || dataset.rows <= this.#keptRows) return;
    const next = this.#passed.findIndex(({ point }) => (point?.row0 ?? 0) > dataset.rows);
    this.#passed.splice(0, (next < 0 ? this.#passed.length : next) - 1);
    const state: GenerationPoint = { dataset, ...this.#passed[0]!, seconds };
    const none = { numbers: new Float64Array(0), arrays: [] };
    this.#keptRows = dataset.rows;
    this.#keeper.write(
      { fingerprint: this.#fingerprint(), state, ...none },
      { value: dataset.rows, unit: 'rows' },
      0,
      [dataset.file],
    );
  }
}
