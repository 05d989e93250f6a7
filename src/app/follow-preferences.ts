import { preferences } from '../client/preferences';
import { marksOf } from '../components/format';
import { type NumberMarks, setNumberMarks } from '../domain/number-marks';
import type { NumberFormat } from '../domain/preferences';

const MARKS: Record<Exclude<NumberFormat, 'system'>, NumberMarks> = {
  'comma-point': { group: ',', decimal: '.' },
  'point-comma': { group: '.', decimal: ',' },
  // Digits of a number stay on one line.
  'space-comma': { group: '\u202f', decimal: ',' },
};

/** Shows theme and numbers as they were chosen, now and after every change. */
export function followPreferences(): void {
  apply();
  preferences.subscribe(apply);
}

function apply(): void {
  const { theme, numberFormat } = preferences.get();
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  setNumberMarks(numberFormat === 'system' ? marksOf(navigator.language) : MARKS[numberFormat]);
}
