import { describe, expect, it } from 'vitest';
import { auditResults } from './check-results';
import { dossierOf } from './dossier';
import type { ModelAudit } from './model-audit';
import { AuditSchema } from './model-audit-schema';
import { auditVerdict, exposedTexts, modelParts } from './model-evidence';
import { type Evidence, evidenceOf } from './privacy-evidence';
import { privacyVerdict } from './privacy-verdict';
import type { Report } from './reports';

const figure = (value: number, half: number) => ({
  ...{ attacks: ['likelihood ratio'], value },
  ...{ low: value - half, high: value + half },
});

function auditOf(auc: number, half: number, found = 0.012): ModelAudit {
  return {
    people: 1500,
    auc: figure(auc, half),
    at1: figure(found, found / 2),
    at10: figure(0.12, 0.02),
    attacks: [{ name: 'likelihood ratio', auc, at1: found, at10: 0.12 }],
    isolated: null,
    rows: { learned: 1500, reference: 500 },
  };
}

/** A report that finds nothing else. */
function report(modelAudit?: Report['modelAudit']): Report {
  return {
    ...{ columns: 5, distanceRows: 6500, holdout: 'validation', privacyGuard: null, rules: [], notes: [] },
    ...{ createdAt: '2026-01-01', rows: { training: 5000, holdout: 5000, synthetic: 5000 } },
    metrics: {
      accuracy: {},
      distances: {
        ...{ imsTraining: 0.002, imsHoldout: 0.002, imsTrnHol: 0.002, dcrTraining: 1, dcrHoldout: 1 },
        ...{ dcrTrnHol: 1, dcrShare: 0.505, dcrShareStandardError: 0.006 },
      },
    },
    ...(modelAudit && { modelAudit }),
  } as unknown as Report;
}

const part = (evidence: Evidence) => evidenceOf(evidence).find(({ id }) => id === 'model-membership');
const state = (id: string, of: Report) => dossierOf(of).lines.find((line) => line.id === id)!;

describe('a white-box audit in a report', () => {
  it.each([
    [0.736, 0.025, 'attention', 'Attention: telling from the model who was trained on'],
    [0.66, 0.04, 'inconclusive', 'Inconclusive: the model tells more than its rows show'],
    [0.5, 0.2, 'inconclusive', 'Inconclusive: too few rows to tell'],
    [0.56, 0.02, 'pass', 'Pass: no sign of copying'],
  ])('of AUC %s ± %s: %s', (auc, half, level, title) => {
    const evidence = report(auditOf(auc, half));
    expect(part(evidence)!.level).toBe(level);
    expect(privacyVerdict(evidence).title).toBe(title);
    expect(privacyVerdict(evidence).notTested.join()).not.toContain('white-box');
  });

  it('asks for attention where people are found with few false alarms, whatever the AUC', () => {
    const parts = modelParts(auditOf(0.56, 0.02, 0.2));
    expect(parts.map(({ level }) => level)).toEqual(['pass', 'attention']);
    expect(auditVerdict(auditOf(0.56, 0.02, 0.2)).level).toBe('attention');
  });

  it('that was not made decides nothing, and says why', () => {
    const reason = 'The model is gone.';
    const evidence = report({ reason });
    expect(part(evidence)).toMatchObject({ level: null, figure: 'not measured', meaning: reason });
    expect(privacyVerdict(evidence).level).toBe('pass');
    expect(privacyVerdict(evidence).notTested.join()).toContain('white-box');
    expect(part(report())).toBeUndefined();
  });

  it('is in the dossier: tested where it was, and a sign of what was not', () => {
    const [tested, untested] = [report(auditOf(0.6, 0.02)), report({ reason: 'No rows.' })];
    expect(state('membership-inference', tested).state).toBe('tested');
    expect(state('exfiltration', tested).state).toBe('signs alone');
    expect(state('membership-inference', untested).state).toBe('signs alone');
    expect(state('exfiltration', untested).state).toBe('not tested');
    expect(dossierOf(tested).doesNotProve.join()).toContain('one reference model');
    expect(dossierOf(untested).doesNotProve.join()).toContain('can say more than the rows');
  });

  it('decides whether a model may leave; one that was not audited is missed', () => {
    const passed = (auc: number) => auditResults('pass', auditOf(auc, 0.02))[0]!.passed;
    expect([passed(0.56), passed(0.75)]).toEqual([true, false]);
    expect(auditResults('pass', undefined)[0]).toMatchObject({ passed: false, value: null });
    expect(auditResults(null, undefined)).toEqual([]);
    expect(auditResults('inconclusive', auditOf(0.75, 0.02))[0]!.sentence).toContain('AUC 0.750');
  });

  it('is read from an archive as it was written, and nothing else is', () => {
    const audit = auditOf(0.56, 0.02);
    expect(AuditSchema.parse(JSON.parse(JSON.stringify(audit)))).toEqual(audit);
    expect(AuditSchema.parse({ reason: 'Too few.' })).toEqual({ reason: 'Too few.' });
    expect(AuditSchema.safeParse({ ...audit, auc: { ...audit.auc, value: 7 } }).success).toBe(false);
  });
});

it('tells of a row that stands out its position and why, and no value', () => {
  const rare = { kind: 'rare', column: 'age' } as const;
  expect(exposedTexts({ row: 1204, times: 25.34, reasons: [{ kind: 'isolated' }, rare] })).toEqual([
    '1,204',
    '25.3 times',
    'among the 1 % least likely rows; a value of age that few rows have, or that lies far out',
  ]);
  expect(exposedTexts({ row: 1, times: 1e9, reasons: [{ kind: 'unexplained' }] })[1]).toBe(
    'over 1,000 times',
  );
});
