import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job, ProgressStep, TrainingMessage } from './job';
import { canStop, isLong, jobShare, overallShare, secondsWorked } from './job-progress';

function step(
  code: ProgressStep['code'],
  value: number,
  max: number | null,
  fields: Partial<ProgressStep> = {},
) {
  const common = { status: 'IN_PROGRESS', unit: 'rows', elapsed: 0, remaining: null } as const;
  return { code, value, max, ...common, ...fields };
}

function job(kind: Job['kind'], steps: ProgressStep[], status: Job['status'] = 'IN_PROGRESS') {
  return { kind, status, steps };
}

describe('jobShare', () => {
  it('adds up the steps of a training', () => {
    const done = { status: 'DONE' } as const;
    const before = [step('PULL_TRAINING_DATA', 3, 3, done), step('ANALYZE_TRAINING_DATA', 3, 3, done)];
    expect(jobShare(job('training', before))).toBeCloseTo(0.1);
    const training = step('TRAIN_MODEL', 5, 10, { unit: 'epochs' });
    const encoded = step('ENCODE_TRAINING_DATA', 3, 3, done);
    expect(jobShare(job('training', [...before, encoded, training]))).toBeCloseTo(0.15 + 0.425);
  });

  it('takes no other count for epochs', () => {
    const other = step('TRAIN_MODEL', 9, 10, { unit: 'comparisons', phase: 'CHOOSE_INPUTS' });
    const pulled = step('PULL_TRAINING_DATA', 1, 1, { status: 'DONE' });
    expect(jobShare(job('training', [pulled, other]))).toBeCloseTo(0.05);
  });

  it('is unknown without a step that knows its end', () => {
    expect(jobShare(job('import', []))).toBeNull();
    expect(jobShare(job('import', [step('IMPORT_DATA', 5, null)]))).toBeNull();
    expect(jobShare(job('training', [step('PULL_TRAINING_DATA', 0, null)]))).toBeNull();
  });

  it('never leaves 0 to 1 and never falls when a step goes on', () => {
    const at = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(at, at, fc.constantFrom('training', 'generation', 'import' as const), (a, b, kind) => {
        const code = (
          { training: 'TRAIN_MODEL', generation: 'GENERATE_DATA', import: 'IMPORT_DATA' } as const
        )[kind];
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map(
          (value) => jobShare(job(kind, [step(code, value, 1, { unit: 'epochs' })]))!,
        );
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(high!);
      }),
    );
  });
});

describe('overallShare', () => {
  it('is the mean of what is under way; what waits counts as 0', () => {
    const half = job('import', [step('IMPORT_DATA', 5, 10)]);
    expect(overallShare([half, job('training', [], 'QUEUED'), job('import', [], 'DONE')])).toBe(0.25);
    expect(overallShare([job('training', [], 'QUEUED')])).toBeNull();
    expect(overallShare([])).toBeNull();
  });
});

describe('the time of a job', () => {
  it('leaves out the queue', () => {
    expect(secondsWorked({ startedAt: null, endedAt: null }, 9_000)).toBeNull();
    expect(secondsWorked({ startedAt: 5_000, endedAt: null }, 9_000)).toBe(4);
    expect(secondsWorked({ startedAt: 5_000, endedAt: 6_000 }, 9_000)).toBe(1);
  });

  it('is long after half a minute', () => {
    expect(isLong({ startedAt: null, endedAt: null }, 1e9)).toBe(false);
    expect(isLong({ startedAt: 0, endedAt: null }, 30_000)).toBe(false);
    expect(isLong({ startedAt: 0, endedAt: null }, 30_001)).toBe(true);
  });
});

describe('canStop', () => {
  const kept = [{ isCheckpoint: true }] as TrainingMessage[];
  const running = {
    kind: 'training',
    status: 'IN_PROGRESS',
    isStopping: false,
    messages: kept,
    steps: [] as ProgressStep[],
  } as const;
  const drawing = { code: 'GENERATE_DATA', status: 'IN_PROGRESS', value: 10 } as ProgressStep;
  const generation = {
    ...running,
    kind: 'generation',
    messages: [] as TrainingMessage[],
    steps: [drawing],
  } as const;
  it.each([
    [running, true],
    [{ ...running, messages: [] }, false],
    [{ ...running, isStopping: true }, false],
    [{ ...running, status: 'DONE' }, false],
    [{ ...running, kind: 'generation' }, false],
    [generation, true],
    [{ ...generation, steps: [{ ...drawing, value: 0 }] }, false],
    [{ ...generation, steps: [{ ...drawing, status: 'DONE' }] }, false],
  ] as const)('needs a training with a model, or a generation with rows, to keep: %j', (of, expected) => {
    expect(canStop(of)).toBe(expected);
  });
});
