import { expect, test } from 'vitest';
import { seededBits } from '../../../privacy/dp/random-bits';
import { audit } from '../../testing/canary-audit';
import { argnScore, MISMATCH } from '../testing/canary-score';

const DELTA = 1e-5;
const auditOf = (settings: object, trainings: number) => {
  let seed = 0;
  return audit(
    DELTA,
    trainings,
    argnScore(settings, () => seededBits(++seed)),
    MISMATCH,
  );
};

test('an audit of noisy gradients finds no more than the stated ε, and finds out who states too little', {
  timeout: 120_000,
}, async () => {
  const stated = { maxEpsilon: 1.5, delta: DELTA, valueProtectionEpsilon: null };
  const honest = await auditOf(
    { enableFlexibleGeneration: false, batchSize: 16, differentialPrivacy: stated },
    140,
  );
  expect(honest.lowerBound).toBeLessThan(1.5);
  // Everybody in every step with little noise, under the name of the same ε.
  const careless = await auditOf(
    {
      ...{ enableFlexibleGeneration: false, batchSize: 200, maxEpochs: 40 },
      differentialPrivacy: { ...stated, maxEpsilon: 10_000, noiseMultiplier: 0.3 },
    },
    140,
  );
  expect(careless.lowerBound).toBeGreaterThan(1.5);
});
