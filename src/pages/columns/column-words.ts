import type { ColumnProfile, EncodingDecision } from '../../domain/columns';
import { personalData } from '../../domain/personal-data';
import { fakeInWords, writingInWords } from '../../domain/writing';
import { encodingName } from '../generators/encoding-names';

/** What of people a column seems to hold, and how sure that is; null = nothing. */
export function personalInWords(profile: ColumnProfile): string | null {
  const personal = personalData(profile);
  if (!personal || personal.kind === 'uuid' || personal.kind === 'url') return null;
  const sure =
    personal.confidence >= 0.9 ? 'Holds' : personal.confidence >= 0.6 ? 'Seems to hold' : 'May hold';
  return `${sure} ${fakeInWords(personal.kind)}`;
}

/** What was decided of a column: its encoding, or how it is written. */
export function decisionInWords(decision: EncodingDecision | undefined, regenerates = true): string {
  if (regenerates && decision?.identifiesSubjects)
    return decision.writing ? writingInWords(decision.writing) : 'regenerated';
  if (decision?.encodingType) return encodingName(decision.encodingType).toLowerCase();
  const { writing } = decision ?? {};
  return !writing || writing.as === 'omit' ? 'left out' : writingInWords(writing);
}
