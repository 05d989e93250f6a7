import { VERDICT_LEVELS } from './evidence-part';
import type { AuditState } from './model-audit';
import { auditVerdict } from './model-evidence';
import { inMarks } from './number-marks';
import type { Evidence } from './privacy-evidence';
import { privacyVerdict } from './privacy-verdict';
import type { CheckResult, RecipeChecks } from './recipe-checks';
import type { Report } from './reports';

type Measured = Pick<Report, 'metrics' | 'rules'> & Evidence;

const CHECKS: Readonly<
  Record<
    Exclude<keyof RecipeChecks, 'minVerdict'>,
    {
      readonly what: string;
      readonly bound: 'at least' | 'at most';
      measure(report: Measured): number | null;
    }
  >
> = {
  minAccuracy: {
    what: 'Accuracy',
    bound: 'at least',
    measure: ({ metrics }) => metrics.accuracy.overall,
  },
  minAccuracyOfMaximum: {
    what: 'Share of the reachable accuracy',
    bound: 'at least',
    measure: ({ metrics: { accuracy } }) =>
      accuracy.overall === null || !accuracy.overallMax ? null : accuracy.overall / accuracy.overallMax,
  },
  maxDcrShare: {
    what: 'DCR share',
    bound: 'at most',
    measure: ({ metrics }) => metrics.distances.dcrShare,
  },
  minRulesKept: {
    what: 'Rows that keep the rule kept least often',
    bound: 'at least',
    measure: ({ rules }) =>
      Math.min(
        1,
        ...rules
          .filter(({ state, synthetic }) => state === 'kept' && synthetic.applicable > 0)
          .map(({ synthetic }) => synthetic.kept / synthetic.applicable),
      ),
  },
};

/**
 * What became of the checks of a recipe. What cannot be measured counts as missed.
 * @param report null = there is none
 */
export function checkResults(checks: Partial<RecipeChecks>, report: Measured | null): CheckResult[] {
  const shares = (Object.keys(CHECKS) as (keyof typeof CHECKS)[]).flatMap((check): CheckResult[] => {
    const limit = checks[check] ?? null;
    if (limit === null) return [];
    const { what, bound, measure } = CHECKS[check];
    const value = report && measure(report);
    const passed = value !== null && (bound === 'at least' ? value >= limit : value <= limit);
    const asked = `${bound} ${percent(limit)} is asked for`;
    const end = passed ? 'passed' : 'missed';
    const why = report ? 'it could not be measured' : 'there is no report to tell it';
    const measured = value === null ? `${why}, and ${asked}` : `${percent(value)}, ${asked}`;
    return [{ check, limit, value, passed, sentence: `${what}: ${measured} – ${end}.` }];
  });
  return [...shares, ...verdictResult(checks.minVerdict ?? null, report)];
}

function verdictResult(limit: RecipeChecks['minVerdict'], report: Measured | null): CheckResult[] {
  if (limit === null) return [];
  const value = report && privacyVerdict(report).level;
  const passed = value !== null && VERDICT_LEVELS.indexOf(value) <= VERDICT_LEVELS.indexOf(limit);
  const asked = `at least ${limit} is asked for`;
  const measured = value === null ? `there is no report to tell it, and ${asked}` : `${value}, ${asked}`;
  const sentence = `Verdict on privacy: ${measured} – ${passed ? 'passed' : 'missed'}.`;
  return [{ check: 'minVerdict', limit, value, passed, sentence }];
}

/**
 * What became of the verdict that is asked for before a model leaves: that of its audit.
 * @param state absent = it was not audited yet
 */
export function auditResults(
  limit: RecipeChecks['minVerdict'],
  state: AuditState | undefined,
): CheckResult[] {
  if (limit === null) return [];
  const audit = state && auditVerdict(state);
  const value = audit?.level ?? null;
  const passed = value !== null && VERDICT_LEVELS.indexOf(value) <= VERDICT_LEVELS.indexOf(limit);
  const asked = `at least ${limit} is asked for`;
  const why = audit?.sentence ?? 'It is audited with its first report, or when it is exported.';
  const measured = `${value ?? 'there is none'}, ${asked} – ${passed ? 'passed' : 'missed'}. ${why}`;
  return [{ check: 'minVerdict', limit, value, passed, sentence: `Audit of the model: ${measured}` }];
}

/** Three digits at most, and as many as tell a value from its limit in most cases. */
function percent(share: number): string {
  return `${inMarks(String(Number((share * 100).toFixed(2))))} %`;
}
