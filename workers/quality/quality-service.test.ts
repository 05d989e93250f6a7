import { afterEach, expect, test } from 'vitest';
import { isCanceled } from '../../src/domain/errors';
import type { StepEvent } from '../../src/domain/job';
import { RECORD_VERSION, wrongWith } from '../../src/domain/records';
import { ALL_ROWS } from '../../src/domain/split';
import { connect, expose, type Remote } from '../../src/threads/rpc';
import { MemoryDatabase } from '../engine/testing/memory-database';
import type { EvaluateRequest, QualityApi } from './protocol';
import { QualityService } from './quality-service';
import { mixedTable } from './testing/make-columns';

const request: EvaluateRequest = {
  reportId: 'r',
  syntheticDatasetId: 'dataset',
  syntheticTableId: 'synthetic',
  columns: ['age', 'job', 'pay', 'since'],
  rules: [],
  training: { tableId: 'source', rows: ALL_ROWS },
  holdout: null,
  randomState: 1,
  original: 'training',
};

const channels: MessageChannel[] = [];
function channel(): MessageChannel {
  const made = new MessageChannel();
  channels.push(made);
  return made;
}

afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

/** The service behind ports, as a page has it. */
async function start(rows: number): Promise<{ api: Remote<QualityApi>; events: StepEvent[] }> {
  const door = channel();
  const database = channel();
  const eventChannel = channel();
  const events: StepEvent[] = [];
  eventChannel.port1.onmessage = (message: MessageEvent<StepEvent>) => events.push(message.data);
  const tables = { source: mixedTable(rows, 1), synthetic: mixedTable(rows, 2) };
  expose(new MemoryDatabase(tables), database.port1);
  const service = new QualityService();
  await service.open({ database: database.port2, events: eventChannel.port2 });
  expose(service, door.port1);
  return { api: connect<QualityApi>(door.port2), events };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

test('a report crosses threads, its progress arrives as steps', async () => {
  const { api, events } = await start(500);
  const report = await api.evaluate('job', request);
  expect(report.metrics.accuracy.overall!).toBeGreaterThan(0.8);
  expect(wrongWith('report', RECORD_VERSION, structuredClone(report))).toBeNull();
  await settle();
  const steps = events.map(({ step }) => step);
  expect(events.every(({ jobId, type }) => jobId === 'job' && type === 'step')).toBe(true);
  expect(steps[0]).toMatchObject({ code: 'CREATE_DATA_REPORT', status: 'IN_PROGRESS', unit: 'comparisons' });
  expect(steps.at(-1)).toMatchObject({ status: 'DONE', value: 518 + 6 * 500, max: 518 + 6 * 500 });
});

test('cancel ends the call with the code a page knows', async () => {
  const { api, events } = await start(20_000);
  const ended = expect(api.evaluate('job', request)).rejects.toSatisfy(isCanceled);
  await settle();
  await api.cancel('job');
  await api.cancel('unknown');
  await ended;
  await settle();
  expect(events.at(-1)!.step.status).toBe('CANCELED');
});

test('an error keeps its sentence and ends the step', async () => {
  const { api, events } = await start(50);
  await expect(api.evaluate('job', { ...request, columns: ['nope'] })).rejects.toMatchObject({
    code: 'report/failed',
  });
  await settle();
  expect(events.at(-1)!.step.status).toBe('FAILED');
});
