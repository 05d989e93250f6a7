import { expect, it } from 'vitest';
import type { Checkpoint } from '../domain/checkpoints';
import type { Job } from '../domain/job';
import { heldInWords } from './held-words';

const JOB = {
  kind: 'training',
  resource: { kind: 'generator', id: 'g', name: 'people' },
  status: 'ON_HOLD',
  steps: [],
  error: null,
  startedAt: 1,
} as unknown as Job;
const rows = { ...JOB, kind: 'generation' } as Job;
const at = (value: number, unit: Checkpoint['unit']) => ({ files: [], app: '1', at: 1, value, unit });

it.each([
  [{ ...JOB, startedAt: null }, undefined, false, 'The training of “people” is paused. It had not begun.'],
  [JOB, at(7.4, 'epochs'), false, 'The training of “people” is paused. It goes on after epoch 7.'],
  [
    { ...JOB, error: 'gone' },
    undefined,
    false,
    'The training of “people” was interrupted when its page was closed. Nothing of it could be kept yet, so it begins anew.',
  ],
  [rows, at(20_000, 'rows'), false, 'The generation of “people” is paused. It goes on after 20,000 rows.'],
  [
    rows,
    undefined,
    true,
    'The generation of “people” is paused. Its rows are ready; the report is still to be written.',
  ],
])('says what is on hold, and from where it goes on: %#', (job, checkpoint, hasRows, sentence) => {
  expect(heldInWords(job as Job, checkpoint, hasRows)).toBe(sentence);
});
