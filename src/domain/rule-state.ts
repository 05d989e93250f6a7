import { countText, fixedText } from './number-marks';
import { type CheckedRule, NEARLY, type RuleKind, type TableRule } from './rules';

/** How many rows keep a rule: "all 2,700 rows", "2,698 of 2,700 rows (99.92 %)". */
export function ruleEvidence({ kept, applicable }: Pick<CheckedRule, 'kept' | 'applicable'>): string {
  if (applicable === 0) return 'no row that it speaks of';
  const count = (rows: number) => countText(rows);
  if (kept === applicable) return applicable === 1 ? 'the only row' : `all ${count(applicable)} rows`;
  return `${count(kept)} of ${count(applicable)} rows (${shareText(kept / applicable)})`;
}

/** A share with two decimals; one below 1 never reads as 100 %, one above 0 never as 0. */
function shareText(share: number): string {
  const percent = Math.floor(share * 10_000) / 100;
  return share > 0 && percent === 0 ? `< ${fixedText(0.01, 2)} %` : `${fixedText(percent, 2)} %`;
}

/** Kinds that as many generated rows break as original ones, if these are few. */
const MEASURED: readonly RuleKind[] = ['inequality', 'linear', 'product', 'functional-dependency'];

/**
 * What becomes of a rule in generated rows, and why if that needs saying.
 * @param isPrivate the model is private and keeps no rules
 */
export function ruleState(
  { rule, state, kept, applicable, source }: TableRule,
  isPrivate = false,
): {
  readonly title: string;
  readonly why: string | null;
} {
  switch (state) {
    case 'kept':
      return { title: 'Kept', why: null };
    case 'off':
      return { title: 'Switched off', why: 'Generated rows need not keep it.' };
    case 'partly':
      if (rule.kind === 'often-equal') {
        return { title: 'Holds in part', why: 'How often they are equal is learned.' };
      }
      return {
        title: 'Holds in part',
        why:
          MEASURED.includes(rule.kind) && kept >= (1 - NEARLY) * applicable
            ? `${breaking(applicable - kept)}, and the same share of generated ones may.`
            : `${breaking(applicable - kept)}, so it is learned and not forced.`,
      };
    case 'unkept': {
      if (isPrivate) {
        return { title: 'Not kept', why: 'A private model does not look at which rows keep it.' };
      }
      const learned = 'It is learned and not forced';
      if (rule.kind === 'running-number' && applicable > 0) {
        return { title: 'Not forced', why: `${learned}: other columns go with the order of the rows.` };
      }
      if (applicable > 0)
        return { title: 'Not forced', why: `${learned}: no way to force it fits these columns.` };
      return {
        title: 'Not checked',
        why:
          source === 'added'
            ? 'A column of it is not learned, no row has all its values, or the model is private.'
            : 'No row has all its values.',
      };
    }
  }
}

function breaking(rows: number): string {
  return rows === 1 ? 'One original row breaks it' : `${countText(rows)} original rows break it`;
}
