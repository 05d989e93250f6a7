import { describe, expect, it } from 'vitest';
import type { ProgressStep, TrainingMessage } from '../../src/domain/job';
import { describeStep, ProgressLine } from './progress-line';

const step: ProgressStep = {
  code: 'TRAIN_MODEL',
  status: 'IN_PROGRESS',
  value: 5,
  max: 20,
  unit: 'epochs',
  elapsed: 3,
  remaining: 9,
};

function record(isTTY: boolean, steps: readonly (readonly ProgressStep[])[]): string {
  let written = '';
  const stream = { isTTY, write: (text: string) => (written += text) } as unknown as NodeJS.WriteStream;
  const line = new ProgressLine(stream);
  for (const list of steps) line.update({ id: 'job', steps: list });
  line.clear();
  return written;
}

describe('describeStep', () => {
  it('shows share and time left', () => {
    expect(describeStep(step)).toMatch(/^Train +█{6}░{18} {2}25 % {2}9 s left$/);
  });

  it('names the phase of a step, before there is anything to count', () => {
    const phase = { ...step, phase: 'CHOOSE_INPUTS', value: 0, max: null, remaining: null } as const;
    expect(describeStep(phase)).toMatch(/^Choose the inputs +…$/);
    expect(describeStep({ ...phase, value: 3, max: 4 })).toMatch(/^Choose the inputs +█{18}░{6} {2}75 %$/);
  });

  it('shows the count where the end is unknown', () => {
    expect(describeStep({ ...step, max: null, remaining: null })).toMatch(/5 epochs$/);
  });
});

describe('ProgressLine', () => {
  it('writes one plain line per finished step when it is not a terminal', () => {
    const done = { ...step, status: 'DONE', elapsed: 12.34 } as const;
    expect(record(false, [[step], [step], [done], [done]])).toMatch(/^Train +12\.3 s\n$/);
  });

  it('tells what a private training has given away so far', () => {
    let written = '';
    const stream = { isTTY: true, write: (text: string) => (written += text) };
    const messages = [{ epsilon: 0.5 }, { epsilon: 1.234 }] as unknown as TrainingMessage[];
    new ProgressLine(stream as unknown as NodeJS.WriteStream).update({ id: 'job', steps: [step], messages });
    expect(written).toMatch(/25 % {2}9 s left {2}ε 1\.23 spent$/);
  });

  it('moves on a terminal and goes away', () => {
    const written = record(true, [[step], [{ ...step, value: 10 }]]);
    expect(written).toContain('50 %');
    expect(written.endsWith('\r\x1b[K')).toBe(true);
  });
});
