import { describe, expect, it } from 'vitest';
import type { ProgressStep } from '../domain/job';
import { announcement, currentStep, jobWords, stepMeasure, stepName, timeLeft } from './job-steps';

const STEP: ProgressStep = {
  code: 'GENERATE_DATA',
  status: 'IN_PROGRESS',
  value: 4_000,
  max: 10_000,
  unit: 'rows',
  elapsed: 2,
  remaining: 3.2,
};

describe('job steps in words', () => {
  it('measures in the unit of the step', () => {
    expect(stepMeasure(STEP)).toBe('4,000 of 10,000 rows');
    expect(stepMeasure({ ...STEP, unit: 'bytes', value: 1_500_000, max: null })).toBe('1.50 MB');
    expect(stepMeasure({ ...STEP, unit: 'epochs', value: 3.52, max: 100 })).toBe('4 %');
    expect(stepMeasure({ ...STEP, unit: 'epochs', value: 3.52, max: null })).toBe('One moment');
  });
  it('names the phase of a step, and what starts it', () => {
    const start = { ...STEP, phase: 'START_WORKER', value: 0, max: null } as const;
    expect(stepName(STEP)).toBe('Generating rows');
    expect(stepName({ ...STEP, phase: 'WRITE_FILE' })).toBe('Writing the file');
    expect(stepName(start)).toBe('Starting the engine');
    expect(stepName({ ...start, code: 'IMPORT_DATA' })).toBe('Starting the database');
    expect(stepMeasure(start)).toBe('One moment');
  });
  it('tells the time left only when it is known', () => {
    expect(timeLeft(STEP)).toBe('about 3.2 s left');
    expect(timeLeft({ ...STEP, remaining: 0.04 })).toBe('almost done');
    expect(timeLeft({ ...STEP, remaining: null })).toBeNull();
  });
  it('announces quarters, not every step', () => {
    expect(announcement(STEP)).toBe('Generating rows: 25 %');
    expect(announcement({ ...STEP, value: 4_900 })).toBe('Generating rows: 25 %');
    expect(announcement({ ...STEP, value: 10 })).toBe('Generating rows');
    expect(announcement(null)).toBe('');
  });
  it('prefers the running step, then the last', () => {
    const done: ProgressStep = { ...STEP, code: 'TRAIN_MODEL', status: 'DONE' };
    expect(currentStep({ steps: [STEP, done] })).toBe(STEP);
    const other: ProgressStep = { ...STEP, code: 'ENCODE_TRAINING_DATA' };
    const counting: ProgressStep = { ...STEP, code: 'TRAIN_MODEL', phase: 'COUNT_PAIRS' };
    expect(currentStep({ steps: [other, counting] })).toBe(counting);
    expect(currentStep({ steps: [other, STEP] })).toBe(other);
    expect(currentStep({ steps: [done] })).toBe(done);
    expect(currentStep(null)).toBeNull();
  });
  it('says what a queued job waits for, and what a running one does', () => {
    expect(jobWords({ steps: [], waitsFor: 'the training of “people”' }, 'Starting')).toEqual({
      title: 'Waiting for the training of “people”',
      measure: 'Starts automatically when that has ended',
      announcement: 'Waiting for the training of “people”',
    });
    expect(jobWords({ steps: [STEP], waitsFor: null }, 'Starting')).toEqual({
      title: 'Generating rows',
      measure: '4,000 of 10,000 rows · about 3.2 s left',
      announcement: 'Generating rows: 25 %',
    });
    expect(jobWords(null, 'Starting')).toEqual({
      title: 'Starting',
      measure: 'One moment',
      announcement: '',
    });
  });
});
