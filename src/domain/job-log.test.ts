import { describe, expect, it } from 'vitest';
import type { Job } from './job';
import { jobLog } from './job-log';

const JOB: Job = {
  id: 'j1',
  kind: 'training',
  resource: { kind: 'generator', id: 'g1', name: 'people' },
  status: 'FAILED',
  waitsFor: null,
  steps: [
    {
      code: 'TRAIN_MODEL',
      status: 'FAILED',
      value: 1.23456,
      max: null,
      unit: 'epochs',
      elapsed: 2.5,
      remaining: null,
    },
  ],
  messages: [
    {
      epoch: 1,
      isCheckpoint: true,
      steps: 10,
      samples: 100,
      trainingLoss: null,
      validationLoss: 2.5,
      totalTime: 1.2345,
      learningRate: 0.001,
    },
  ],
  notices: ['The GPU was lost. WebAssembly goes on.'],
  isStopping: false,
  error: 'The numbers broke.',
  createdAt: 0,
  startedAt: 1_000,
  endedAt: 4_000,
};

describe('jobLog', () => {
  it('tells steps, sentences and messages', () => {
    expect(jobLog(JOB).join('\n')).toMatchInlineSnapshot(`
      "training of “people”
      job j1
      asked for 1970-01-01T00:00:00.000Z
      started   1970-01-01T00:00:01.000Z
      ended     1970-01-01T00:00:04.000Z
      status    FAILED after 3.0 s
      error     The numbers broke.

      Steps
      TRAIN_MODEL            FAILED       2.50 s     1.23 epochs

      Notices
      The GPU was lost. WebAssembly goes on.

      Training
      epoch	steps	samples	training_loss	validation_loss	learning_rate	seconds	epsilon	best
      1	10	100		2.5	1.000e-3	1.23		kept"
    `);
  });

  it('leaves out what there is not', () => {
    const lines = jobLog({ ...JOB, messages: [], notices: [], error: null, startedAt: null, endedAt: null });
    expect(lines.join('\n')).not.toMatch(/Training|Notices|error|started|ended/);
  });
});
