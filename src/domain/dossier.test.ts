import { expect, it } from 'vitest';
import { type Dossier, dossierFacts, dossierOf } from './dossier';
import type { Report } from './reports';

const HASH = 'ab'.repeat(32);

/** A report of rows that are compared with a holdout, or with none. */
function report(changes: Partial<Report> = {}): Report {
  return {
    ...{ id: 'r', syntheticDatasetId: 'd', createdAt: '2026-01-01', columns: 5, distanceRows: 5000 },
    ...{ rows: { training: 5000, holdout: 5000, synthetic: 5000 }, holdout: 'file', rules: [], notes: [] },
    metrics: {
      accuracy: {},
      distances: {
        ...{ imsTraining: 0.001, imsHoldout: 0.001, imsTrnHol: 0, dcrTraining: 0.1, dcrHoldout: 0.1 },
        ...{ dcrTrnHol: 0.1, dcrShare: 0.5, dcrShareStandardError: 0.007 },
      },
    },
    ...changes,
  } as unknown as Report;
}

const states = ({ lines }: Dossier) => Object.fromEntries(lines.map(({ id, state }) => [id, state]));

it('says of every criterion of WP216 and every attack of EDPB Opinion 28/2024 whether it was tested', () => {
  const dossier = dossierOf(report());
  expect(states(dossier)).toEqual({
    'singling-out': 'signs alone',
    linkability: 'not tested',
    inference: 'not tested',
    'attribute-inference': 'not tested',
    'membership-inference': 'signs alone',
    exfiltration: 'not tested',
    regurgitation: 'tested',
    inversion: 'not tested',
    reconstruction: 'not tested',
  });
  expect(dossier.doesNotProve.join(' ')).toContain('no proof of anonymity');
  expect(dossierFacts(dossier)).toMatchObject({ questions: { length: 9 } });
});

it('has nothing to say without a holdout', () => {
  const { accuracy } = report().metrics;
  const none = {
    imsTraining: 0,
    imsHoldout: null,
    imsTrnHol: null,
    dcrShare: null,
    dcrShareStandardError: null,
  };
  const metrics = { accuracy, distances: none } as unknown as Report['metrics'];
  const { lines } = dossierOf(report({ metrics, holdout: 'none' }));
  expect(lines.find(({ id }) => id === 'regurgitation')!.state).toBe('not tested');
});

it('gives settings, seeds, version and hashes, and says of rows made elsewhere that these are not known', () => {
  const file = { name: 'a.csv', rows: 5, columns: 5, bytes: 9, sha256: HASH };
  const { facts, doesNotProve } = dossierOf(
    report({
      evaluated: {
        ...{ evaluationId: 'e', kind: 'model', differences: [], notComputed: [] },
        files: { training: file, holdout: null, synthetic: file },
      },
      provenance: {
        ...{ appVersion: '1', source: { file: 'a.csv', bytes: 9, rows: 5 }, holdoutFile: null },
        ...{ columns: { all: 5, regenerated: [], leftOut: [] }, seeds: { report: 7 } },
        settings: { model: {}, generation: {} },
        files: [{ role: 'original', ...file }],
      },
    }),
  );
  const told = facts.map((fact) => fact.join(': ')).join('\n');
  expect(told).toContain(HASH);
  expect(told).toContain('report 7');
  expect(told).not.toContain('Value protection');
  expect(doesNotProve.at(-1)).toContain('are not known');
});
