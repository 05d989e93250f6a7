import { expect, it } from 'vitest';
import { auditVerdict } from '../../../src/domain/model-evidence';
import type { ModelScores, ScoredRows } from '../../../src/domain/model-scores';
import { RandomStream } from '../../../src/domain/random';
import { quietPacer } from '../testing/quiet-pacer';
import { auditFigures } from './audit-figures';

/** Likelihoods that vary from row to row far more than by what was learned. @param pull of the members, in deviations */
function scoresOf(people: number, pull: number, seed: number, rowsEach = 1): ModelScores {
  const stream = new RandomStream(seed, 'scores of a test');
  const side = (shift: number): ScoredRows => {
    const rows = people * rowsEach;
    const reference = Float64Array.from({ length: rows }, () => -20 + 5 * stream.normal());
    return {
      owners: Uint32Array.from({ length: rows }, (_, row) => row % people),
      reference,
      model: reference.map((value) => value + shift + stream.normal()),
    };
  };
  const members = side(pull);
  const rows = Uint32Array.from({ length: people * rowsEach }, (_, row) => row + 100);
  return {
    members: {
      ...{ ...members, rows, column: new Uint16Array(rows.length) },
      holders: rows.map((_, at) => (at === 0 ? 3 : 500)),
    },
    others: side(0),
    ...{ columns: ['age'], learned: 10 * people, referenceRows: 100 },
  };
}

const figures = (scores: ModelScores) => auditFigures(scores, 1, quietPacer());

it('passes models that learned none of the people', async () => {
  for (let seed = 1; seed <= 10; seed++)
    expect(auditVerdict((await figures(scoresOf(200, 0, seed))).audit).level).toBe('pass');
});

it('measures by how much members are likelier, beside what rows are by nature', async () => {
  const { audit } = await figures(scoresOf(2000, 1, 1));
  // Φ(1/√2), of two normal distributions one deviation apart.
  expect(Math.abs(audit.auc.value - 0.76)).toBeLessThan(0.02);
  expect(audit.auc.attacks).toEqual(['likelihood ratio']);
  expect(audit.attacks[0]!.auc).toBeLessThan(0.6);
  expect(auditVerdict(audit).level).toBe('attention');
  expect(audit.isolated).toBeNull();
});

it('counts people and not rows', async () => {
  const { audit } = await figures(scoresOf(300, 1, 1, 4));
  expect(audit.people).toBe(300);
  // The mean of four rows varies half as much.
  expect(audit.auc.value).toBeGreaterThan(0.88);
});

it('looks at isolated people where there are enough, and names rows with the reason', async () => {
  const scores = scoresOf(6000, 1, 1);
  scores.members.model[0] = scores.members.reference[0]! + 50;
  const { audit, exposed } = await figures(scores);
  expect(audit.isolated!.people).toBeGreaterThanOrEqual(50);
  expect(exposed[0]).toMatchObject({ row: 101, reasons: [{ kind: 'rare', column: 'age' }] });
  expect(exposed).toHaveLength(20);
});
