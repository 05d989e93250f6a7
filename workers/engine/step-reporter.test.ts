import { describe, expect, it } from 'vitest';
import type { ProgressStep } from '../../src/domain/progress';
import { StepReporter } from './step-reporter';

function reporter(max: number | null = null): { step: StepReporter; posted: ProgressStep[] } {
  const posted: ProgressStep[] = [];
  return { posted, step: new StepReporter('TRAIN_MODEL', 'epochs', max, (state) => posted.push(state)) };
}

describe('StepReporter', () => {
  it('tells a phase at once, and each only when it begins', () => {
    const { step, posted } = reporter();
    step.enter('CHOOSE_INPUTS', 'comparisons');
    step.enter('CHOOSE_INPUTS', 'comparisons');
    step.enter('CHOOSE_BACKEND');
    expect(posted.map(({ phase, unit }) => [phase, unit])).toEqual([
      [undefined, 'epochs'],
      ['CHOOSE_INPUTS', 'comparisons'],
      ['CHOOSE_BACKEND', 'epochs'],
    ]);
  });

  it('counts from 0 in another unit, and on in the same', () => {
    const { step, posted } = reporter(20);
    step.update(3);
    step.enter('FINISH_TRAINING');
    expect(posted.at(-1)).toMatchObject({ phase: 'FINISH_TRAINING', value: 3, max: 20 });
    step.enter('CHOOSE_INPUTS', 'comparisons');
    expect(posted.at(-1)).toMatchObject({ phase: 'CHOOSE_INPUTS', value: 0, max: null });
  });

  it('ends without a phase, once, and with the epochs it came to', () => {
    const { step, posted } = reporter(20);
    step.enter('CHECK_PRIVACY');
    step.update(7);
    step.finish('DONE');
    step.finish('FAILED');
    expect(posted.at(-1)).toMatchObject({ status: 'DONE', value: 7, max: 7, remaining: 0 });
    expect(posted.at(-1)).not.toHaveProperty('phase');
  });
});
