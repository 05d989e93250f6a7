import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PrivacyLedger } from './differential-privacy';
import { VERDICT_LEVELS } from './evidence-part';
import type { Distances } from './metrics';
import type { Evidence } from './privacy-evidence';
import type { PrivacyGuardSummary } from './privacy-guard';
import { privacyVerdict, verdictFacts, verdictLines } from './privacy-verdict';
import { privacySentences } from './privacy-words';
import { RandomStream } from './random';

const GUARD: PrivacyGuardSummary = {
  ...{ copied: 0.0041, standardError: 0.0035, rows: 2442, checks: 2 },
  ...{ outcome: 'kept', acceptable: true, seconds: 0.3 },
};
const LEDGER = {
  ...{ noise: 'secure', epsilon: 1, delta: 1e-5 },
  attackRisk: [{ falsePositives: 0.01, truePositives: 0.03 }],
} as unknown as PrivacyLedger;

/** A report of many rows that finds nothing, changed. */
function evidence(distances: Partial<Distances> = {}, other: Partial<Evidence> = {}): Evidence {
  const metrics = {
    distances: {
      ...{ imsTraining: 0.002, imsHoldout: 0.002, imsTrnHol: 0.002, dcrTraining: 1, dcrHoldout: 1 },
      ...{ dcrTrnHol: 1, dcrShare: 0.505, dcrShareStandardError: 0.006, ...distances },
    },
  } as Evidence['metrics'];
  return { columns: 5, metrics, distanceRows: 6500, holdout: 'validation', privacyGuard: GUARD, ...other };
}
const verdict = (...given: Parameters<typeof evidence>) => privacyVerdict(evidence(...given));
const rank = (given: Evidence) => VERDICT_LEVELS.indexOf(privacyVerdict(given).level);

describe('privacyVerdict', () => {
  it('passes where every interval ends below its threshold, and says what it does not prove', () => {
    const { level, title, sentence, notTested } = verdict();
    expect([level, title]).toEqual(['pass', 'Pass: no sign of copying']);
    expect(sentence).toContain('no proof of anonymity');
    expect(notTested.join()).toContain('membership attacks');
  });

  it('says of 69 unseen rows that they are too few, whatever they show', () => {
    const few = {
      distanceRows: 69,
      privacyGuard: { ...GUARD, copied: 0, standardError: 0, rows: 69 },
    };
    const { level, title, parts } = verdict({ dcrShare: 0.551, dcrShareStandardError: 0.06 }, few);
    expect([level, title]).toEqual(['inconclusive', 'Inconclusive: too few rows to tell']);
    expect(parts[0]!.figure).toBe('55.1 % (95 %: 43.4 to 66.3 %)');
    expect(verdict({ dcrShare: 0.5, dcrShareStandardError: 0.06 }, few).level).toBe('inconclusive');
  });

  it('says so where nothing was learned, and nothing else', () => {
    const nothing = { columns: 0, distanceRows: 0, privacyGuard: null };
    expect(verdict({}, nothing).title).toBe('Inconclusive: no learned column to compare');
    expect(verdict({}, { ...nothing, unprotected: true }).level).toBe('attention');
  });

  it('asks for attention where copies are certain, and names what shows them', () => {
    expect(verdict({ imsTraining: 0.003, imsHoldout: 0 }).title).toBe('Attention: copies of training rows');
    expect(verdict({ dcrShare: 0.6 }).title).toBe('Attention: rows nearer to training than to unseen rows');
    expect(verdict({}, { privacyGuard: { ...GUARD, acceptable: false } }).level).toBe('attention');
    expect(verdict({}, { unprotected: true }).title).toBe('Attention: value protection');
  });

  it('is inconclusive without unseen rows, and where a pull is neither small nor certain', () => {
    const none = { dcrShare: null, dcrShareStandardError: null, imsHoldout: null, dcrHoldout: null };
    expect(verdict(none, { holdout: 'none' }).title).toContain('no unseen rows');
    expect(verdict({ dcrShare: 0.54, dcrShareStandardError: 0.011 }).title).toContain('too small to call');
  });

  it('lets a guarantee stand for comparisons of few rows, and no other doubt', () => {
    const wide = { dcrShare: 0.5, dcrShareStandardError: 0.06 };
    expect(verdict(wide, { differentialPrivacy: LEDGER }).title).toBe('Pass: differential privacy');
    const weak = { ...LEDGER, attackRisk: [{ falsePositives: 0.01, truePositives: 0.9 }] };
    expect(verdict(wide, { differentialPrivacy: weak }).level).toBe('inconclusive');
    expect(verdict({}, { differentialPrivacy: { ...LEDGER, noise: 'seeded' } }).level).toBe('attention');
    expect(verdict({ dcrShare: 0.7 }, { differentialPrivacy: LEDGER }).level).toBe('attention');
  });

  it('counts rows of few people for less', () => {
    expect(verdict({ dcrShare: 0.5, dcrShareStandardError: 0.005 }).level).toBe('pass');
    expect(verdict({ dcrShare: 0.5, dcrShareStandardError: 0.05 }).level).toBe('inconclusive');
  });

  it('never gets better by more evidence of copying', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const given = fc.record({
      ...{ dcrShare: share, imsTraining: share, imsHoldout: share, copied: share },
      error: fc.double({ min: 0.001, max: 0.1, noNaN: true }),
      rows: fc.integer({ min: 10, max: 50_000 }),
      more: share,
    });
    const build = (
      of: {
        [key in 'dcrShare' | 'imsTraining' | 'imsHoldout' | 'copied' | 'rows']: number;
      },
      error: number | null,
      acceptable = true,
    ) =>
      evidence(
        {
          ...{ dcrShare: of.dcrShare, dcrShareStandardError: error },
          ...{ imsTraining: of.imsTraining, imsHoldout: of.imsHoldout },
        },
        {
          distanceRows: of.rows,
          privacyGuard: { ...GUARD, copied: of.copied, standardError: 0.01, acceptable },
        },
      );
    fc.assert(
      fc.property(given, ({ more, error, ...of }) => {
        const up = (value: number) => value + more * (1 - value);
        // Rows are worth less where people have several: told by the error of the share, which is held back here.
        expect(rank(build({ ...of, dcrShare: up(of.dcrShare) }, null))).toBeGreaterThanOrEqual(
          rank(build(of, null)),
        );
        const before = rank(build(of, error));
        for (const worse of [
          build({ ...of, imsTraining: up(of.imsTraining) }, error),
          build({ ...of, imsHoldout: of.imsHoldout * (1 - more) }, error),
          build({ ...of, copied: up(of.copied) }, error),
          build(of, error, false),
        ]) {
          expect(rank(worse)).toBeGreaterThanOrEqual(before);
        }
      }),
    );
  });

  it('passes fresh rows: 97 of 100 comparisons of 3,000 rows with people like those trained on', () => {
    const stream = new RandomStream(3, 'fresh');
    let passed = 0;
    for (let repetition = 0; repetition < 100; repetition++) {
      const count = (truth: number) => {
        let found = 0;
        for (let row = 0; row < 3000; row++) found += stream.uniform() < truth ? 1 : 0;
        return found / 3000;
      };
      const dcrShare = count(0.5);
      const given = evidence(
        {
          ...{ dcrShare, dcrShareStandardError: Math.sqrt((dcrShare * (1 - dcrShare)) / 3000) },
          ...{ imsTraining: count(0.003), imsHoldout: count(0.003) },
        },
        { distanceRows: 3000 },
      );
      passed += privacyVerdict(given).level === 'pass' ? 1 : 0;
    }
    expect(passed).toBeGreaterThanOrEqual(97);
  });
});

describe('the verdict in words', () => {
  it('is the same on the terminal, in run.json and on the page', () => {
    const found = verdict({ dcrShare: 0.551, dcrShareStandardError: 0.06 }, { distanceRows: 69 });
    expect(verdictFacts(found)).toMatchObject({ level: found.level, title: found.title });
    const lines = verdictLines(found);
    expect(lines[0]).toContain(found.title);
    for (const { title, figure, level } of found.parts.filter(({ level }) => level !== null)) {
      expect(lines).toContainEqual(expect.stringContaining(`${title}: ${level} – ${figure}`));
    }
  });

  it('has no plus-minus without a meaning', () => {
    const texts = JSON.stringify(verdict()) + privacySentences({ privacyGuard: GUARD }).join();
    expect(texts).not.toContain('±');
  });

  it('tells what the guard saw, in a sentence', () => {
    expect(privacySentences({ privacyGuard: GUARD })).toEqual([
      'Privacy guard: The model repeats training rows no more often than the threshold allows. Repeated beyond chance: 0.4 % (95 %: 0.0 to 1.1 %) of the samples; 2 checks, 2,442 unseen rows.',
    ]);
    const said = (guard: unknown) => privacySentences({ privacyGuard: guard as PrivacyGuardSummary })[0];
    expect(said({ ...GUARD, outcome: 'stopped' })).toContain('ended early');
    expect(said({ ...GUARD, outcome: 'fell-back' })).toContain('an earlier one was kept');
    expect(said({ ...GUARD, acceptable: false })).toContain('treat its rows with care');
    expect(said(null)).toContain('did not watch this training');
    const { copied: _, ...stored } = GUARD;
    expect(said({ ...stored, share: 0.51 })).toContain('earlier version');
  });

  it('tells of isolated people where there are any', () => {
    expect(privacySentences({ privacyGuard: null, isolatedRows: 0 })).toHaveLength(1);
    expect(privacySentences({ privacyGuard: null, isolatedRows: 1234 })[1]).toBe(
      'Isolated people: 1,234 rows stand most alone. A secret half of them was left out, and the nearest row of somebody else learned instead.',
    );
  });
});
