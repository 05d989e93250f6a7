import type { TrainingSummary } from './generators';
import { guardPart, isolatedPart } from './privacy-evidence';

/** What was done for privacy in a training without differential privacy, in sentences for the generator's page. */
export function privacySentences({
  privacyGuard,
  isolatedRows = 0,
}: Pick<TrainingSummary, 'privacyGuard' | 'isolatedRows'>): string[] {
  const { figure, meaning, value } = guardPart(privacyGuard);
  const guard = `Privacy guard: ${meaning}${value === null ? '' : ` Repeated beyond chance: ${figure}.`}`;
  if (isolatedRows === 0) return [guard];
  const isolated = isolatedPart(isolatedRows);
  return [guard, `Isolated people: ${isolated.figure}. ${isolated.meaning}`];
}
