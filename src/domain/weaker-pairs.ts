import type { KeptDependences } from './reports';

const PAIRS_SHOWN = 5;

/**
 * A sentence about the relations that the synthetic rows lost, e.g. "1 of 12 relations between two columns is weaker than
 * in the original: “income” × “status” (Cramér’s V 0.39, synthetic 0.05)."; null if none is.
 */
export function weakerPairsSentence({ notable, weaker }: KeptDependences): string | null {
  if (weaker.length === 0) return null;
  const shown = weaker
    .slice(0, PAIRS_SHOWN)
    .map(
      ({ column1, column2, original, synthetic }) =>
        `${quote(column1)} × ${quote(column2)} (Cramér’s V ${original.toFixed(2)}, synthetic ${synthetic.toFixed(2)})`,
    );
  const rest = weaker.length - shown.length;
  const list = rest > 0 ? `${shown.join(', ')} and ${rest.toLocaleString('en')} more` : shown.join(', ');
  const are = weaker.length === 1 ? 'is' : 'are';
  return `${weaker.length.toLocaleString('en')} of ${notable.toLocaleString('en')} relations between two columns ${are} weaker than in the original: ${list}.`;
}

function quote(name: string): string {
  return `“${name.slice(0, 60)}”`;
}
