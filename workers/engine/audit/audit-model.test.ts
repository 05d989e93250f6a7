import { beforeAll, describe, expect, it } from 'vitest';
import { concatenate, takeRows } from '../../../src/domain/column-data';
import type { ModelScores } from '../../../src/domain/model-scores';
import { ALL_ROWS } from '../../../src/domain/split';
import { auditFigures } from '../../quality/attacks/audit-figures';
import { mixedTable } from '../../quality/testing/make-columns';
import { quietPacer } from '../../quality/testing/quiet-pacer';
import { EngineService } from '../engine-service';
import { ArgnModel } from '../models/argn/model';
import { loadKernels } from '../models/argn/wasm/load-node';
import { WasmBackend } from '../models/argn/wasm/wasm-backend';
import type { Model } from '../models/model';
import type { AuditRequest } from '../protocol';
import { type MemoryColumn, MemoryDatabase } from '../testing/memory-database';
import { trainRequest } from '../testing/train-request';

const part = (table: readonly MemoryColumn[], from: number, count: number) =>
  table.map((column) => ({
    ...column,
    data: takeRows(
      column.data,
      Uint32Array.from({ length: count }, (_, row) => from + row),
    ),
  }));
const ALL = mixedTable(1400, 5);
const LEARNED = part(ALL, 0, 300);
/** Each row twice: the rows that end the training are learned, too, so that nothing ends it before it memorises. */
const TWICE = LEARNED.map((column) => ({ ...column, data: concatenate(column.data, column.data) }));

describe('the audit of a model', () => {
  let engine: EngineService;
  let ask: (changes?: Partial<AuditRequest>) => ReturnType<EngineService['audit']>;

  beforeAll(async () => {
    const kernels = await loadKernels();
    engine = new EngineService(
      async () => new ArgnModel(async () => new WasmBackend(kernels)) as unknown as Model,
    );
    const tables = {
      source: TWICE,
      learned: LEARNED,
      unseen: part(ALL, 300, 600),
      fresh: part(ALL, 900, 300),
      few: part(ALL, 300, 299),
    };
    engine.attach(new MemoryDatabase(tables), () => undefined);
    const request = trainRequest(TWICE, {
      configuration: { privacyGuard: false, maxEpochs: 60 },
      rules: { find: false },
    });
    const { columns } = await engine.train('training', request);
    ask = (changes) =>
      engine.audit('audit', {
        ...{ modelId: 'model', table: request.table, profiles: request.profiles, columns, randomState: 7 },
        training: { tableId: 'learned', rows: ALL_ROWS },
        holdout: { tableId: 'unseen', rows: ALL_ROWS },
        ...changes,
      });
  });

  const figures = (scores: ModelScores) => auditFigures(scores, 1, quietPacer());

  it('tells whom it learned where it has memorised them, and which rows stand out', async () => {
    const { scores } = await ask();
    expect([scores!.learned, scores!.referenceRows, scores!.others.model.length]).toEqual([300, 200, 400]);
    expect(scores!.members.rows).toEqual(Uint32Array.from({ length: 300 }, (_, row) => row));
    const { audit, exposed } = await figures(scores!);
    expect(audit.auc.low).toBeGreaterThan(0.685);
    expect(audit.at10!.value).toBeGreaterThan(0.3);
    expect(exposed).toHaveLength(20);
    for (const [at, { times, row }] of exposed.entries()) {
      expect(times).toBeGreaterThan(1);
      expect(times).toBeLessThanOrEqual(exposed[at - 1]?.times ?? Number.POSITIVE_INFINITY);
      expect(row >= 1 && row <= 300).toBe(true);
    }
    expect((await ask()).scores).toEqual(scores);
  });

  it('tells nobody of whom it learned none', async () => {
    const { scores } = await ask({ training: { tableId: 'fresh', rows: ALL_ROWS } });
    const { auc, at1 } = (await figures(scores!)).audit;
    expect(auc.low).toBeLessThan(0.5);
    expect(auc.high).toBeGreaterThan(0.5);
    expect(at1!.low).toBeLessThan(0.05);
  });

  it('says of how many people there are too few', async () => {
    const { scores, tooFew } = await ask({ holdout: { tableId: 'few', rows: ALL_ROWS } });
    expect([scores, tooFew]).toEqual([null, { people: 299, needed: 300 }]);
  });
});
