import { afterEach, describe, expect, it } from 'vitest';
import type { WholeReport } from '../../../src/domain/reports';
import {
  killThread,
  mortal,
  runningThreads,
  startHere,
  startNodeThread,
} from '../../../src/threads/testing/node-threads';
import { quietJob } from '../../../src/threads/testing/quiet-job';
import { createReportThread, type ReportThreadApi } from '../report-thread-api';
import { mixedTable } from '../testing/make-columns';
import { quietPacer } from '../testing/quiet-pacer';
import { reportOn } from '../testing/report-on';
import { DEFAULT_BOOSTING } from '../trees/boosting';
import { bordersOf, codesOf } from '../trees/features';
import { Parts } from './parts';

const TABLES = { training: mixedTable(300, 1), holdout: mixedTable(210, 2), synthetic: mixedTable(300, 3) };

const figuresOf = ({ createdAt, seconds, ...report }: WholeReport) => report;

const startThread = () => startNodeThread<ReportThreadApi>(new URL('../report-thread.ts', import.meta.url));
const startOnThis = () => startHere(createReportThread());

/** Trees to learn, in some milliseconds. */
function asked() {
  const values = Float64Array.from({ length: 400 }, (_, row) => (row * 7919) % 400);
  const feature = codesOf(values, null, bordersOf(values.slice().sort()));
  return {
    features: [feature],
    target: Float64Array.from(values, (value) => Number(value > 150)),
    loss: 'logistic' as const,
    settings: { ...DEFAULT_BOOSTING, trees: 3 },
    asked: [feature],
    rows: values.length,
  };
}

// One that comes up late is ended then.
afterEach(() => expect.poll(runningThreads).toBe(0));

describe('a report', () => {
  it('says the same on any number of threads, to the last digit', { timeout: 30_000 }, async () => {
    const alone = figuresOf(await reportOn(TABLES));
    expect(alone.privacyTests!.membership).toHaveProperty('auc');
    expect(alone.likeness?.usefulness?.length).toBeGreaterThan(0);
    expect(figuresOf(await reportOn(TABLES, {}, { cores: 2, start: startThread }))).toEqual(alone);
  });

  it('ends its threads when it is cancelled, whatever they compute', async () => {
    const controller = new AbortController();
    const { threads, start } = mortal(startThread);
    const ended = reportOn(TABLES, {}, { cores: 2, start }, quietJob(controller.signal));
    const isCanceled = expect(ended).rejects.toMatchObject({ code: 'canceled' });
    await expect.poll(() => threads.length).toBeGreaterThan(0);
    controller.abort();
    await isCanceled;
  });
});

describe('Parts', () => {
  it('goes on where threads die, do not start or never answer', async () => {
    const expected = await new Parts(null, quietPacer()).compute('learnTrees', asked());
    const { threads, start } = mortal(startOnThis);
    const dying = new Parts({ cores: 2, start }, quietPacer());
    const found = dying.compute('learnTrees', asked());
    await expect.poll(() => threads.length).toBe(1);
    killThread(threads[0]!);
    expect(await found).toEqual(expected);
    dying.dispose();
    const none = new Parts({ cores: 4, start: () => Promise.reject(new Error('none')) }, quietPacer());
    expect(await none.compute('learnTrees', asked())).toEqual(expected);
  });

  it('counts each part as it ends', async () => {
    const seen: number[][] = [];
    const pacer = quietPacer(seen as (number | null)[][]);
    const parts = new Parts(null, pacer);
    parts.expect(10, false);
    await Promise.all([parts.compute('learnTrees', asked()), parts.compute('learnTrees', asked())]);
    await pacer.yield();
    expect(seen.at(-1)).toEqual([20, 60]);
    await parts.finish();
    await pacer.yield();
    expect(seen.at(-1)).toEqual([60, 60]);
  });
});
