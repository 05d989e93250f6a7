import type { Shape } from '../../../workers/engine/models/argn/testing/samples';
import { type Classes, compareEvaluation, compareGeneration, compareTraining } from './compare';
import { disturb, type Fault } from './faults';
import { adapterFacts, loseDevice } from './lifecycle';

const SHAPE: Shape = [
  [90, 3, 8, 0],
  [33, 9, 68, 1],
  [7, 2, 12, 1],
  [21, 3, 4, 2],
];
const CLASSES: Classes = [[0, 1, 2, 30, 31, 60], [0, 5, 6, 20, 32], null, null];

/** One case: what was checked, figures for a person, and whether they are as they should be. */
export interface ReportLine {
  readonly name: string;
  readonly figures: string;
  readonly isRight: boolean;
}

type Case = () => Promise<Omit<ReportLine, 'name'>>;

/**
 * Runs the chief cases one after the other and posts each to the server as a `ReportLine`, then `null`: for browsers
 * that no driver of ours steers (`npm run bench -- firefox`).
 */
export async function report(): Promise<void> {
  for (const [name, run] of cases()) {
    const outcome = await run().catch((error: unknown) => ({ figures: String(error), isRight: false }));
    await post({ name, ...outcome });
  }
  await post(null);
}

async function post(line: ReportLine | null): Promise<void> {
  await fetch('report', { method: 'POST', body: JSON.stringify(line) });
}

function cases(): [string, Case][] {
  const plain = { shape: SHAPE, seed: 3 };
  const classed = { ...plain, classes: CLASSES };
  const faults: Fault[] = ['destroyed', 'out-of-memory', 'validation'];
  return [
    ['adapter', adapter],
    ['20 steps', () => train(plain)],
    ['20 steps, classes', () => train(classed)],
    ['rows', () => draw(plain)],
    ['rows, classes', () => draw(classed)],
    ['rows, classes, balanced', () => draw({ ...classed, changes: { sampling: 'balanced' } })],
    ['3,000 rows evaluated', evaluate],
    ['device lost under a call', lose],
    ...faults.map((fault): [string, Case] => [`${fault} while generating`, () => fail(fault)]),
  ];
}

const adapter: Case = async () => {
  const { name, software } = await adapterFacts();
  return { figures: `${name}${software ? ' (SOFTWARE)' : ''}`, isRight: name !== '' };
};

async function train(model: { shape: Shape; seed: number; classes?: Classes }): ReturnType<Case> {
  const gaps = await compareTraining({ ...model, steps: 20, batchSize: 24, dropout: 0.25, missing: 3 });
  const { loss, evaluation, dispatchesPerStep, submits, errors } = gaps;
  const figures = [
    `gap of the loss ${loss.toExponential(1)}`,
    `of the evaluation ${evaluation.toExponential(1)}`,
  ];
  figures.push(`${dispatchesPerStep} dispatches a step`, `${submits} submit`, ...errors);
  return { figures: figures.join(', '), isRight: Math.max(loss, evaluation) < 1e-3 && errors.length === 0 };
}

async function draw(
  test: Pick<Parameters<typeof compareGeneration>[0], 'shape' | 'seed' | 'classes'> & {
    changes?: { sampling: 'balanced' };
  },
): ReturnType<Case> {
  const changes = { topP: 0.9, temperature: 1.2, ...test.changes };
  const { different, forbidden, errors } = await compareGeneration({ ...test, changes, biased: 0 });
  const figures = [`${different} of 150 rows differ`, `${forbidden} forbidden`, ...errors].join(', ');
  return { figures, isRight: different <= 2 && forbidden === 0 && errors.length === 0 };
}

const evaluate: Case = async () => {
  const gap = await compareEvaluation({ shape: SHAPE.slice(2), classes: [null, [0, 4]] }, 3000);
  return { figures: `gap ${gap.toExponential(1)}`, isRight: gap < 1e-5 };
};

const lose: Case = async () => {
  const { typed, message } = await loseDevice(5);
  return { figures: message, isRight: typed.every(Boolean) };
};

async function fail(fault: Fault): ReturnType<Case> {
  const { sentences, gap } = await disturb({ seed: 7, faults: [fault], during: 'generating' });
  return { figures: sentences.join(' '), isRight: sentences.length === 1 && gap < 1e-2 };
}
