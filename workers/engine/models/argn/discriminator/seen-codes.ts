import { encodeBinned } from '../../../encoding/numeric-binned';
import type { EncodedFeature } from '../../coded-columns';
import type { Tie } from '../../kept-rules';
import { type CodeMeaning, meaningsOf } from '../rules/code-values';

/** Codes of rows, [sub-column][row]. */
export type Codes = readonly Uint16Array[];

/** A column that follows from another one by a ratio. */
interface Follower {
  readonly from: number;
  readonly ratio: number;
  readonly to: number;
  /** Code of the column by those of the two others, [from · ratios + ratio]; −1 = its own. */
  readonly codes: Int32Array;
  readonly ratios: number;
}

/**
 * Codes as a discriminator should see them. Where a row has the ratio of two columns, the code that was drawn for the
 * second one does not matter: its value is computed. So its code becomes the one that the middles of the others lead to,
 * in drawn rows and in training rows alike; else trees would tell drawn rows by codes that hardly agree.
 */
export function seenCodes(
  features: readonly EncodedFeature[],
  ties: readonly Tie[],
): (codes: Codes) => Codes {
  const parts = new Map<string, { readonly part: number; readonly feature: EncodedFeature }>();
  let next = 0;
  for (const feature of features) {
    parts.set(feature.schema.name, { part: next, feature });
    next += feature.encoding.subColumns.length;
  }
  const followers = ties.flatMap((tie): Follower[] => {
    if (!('ratio' in tie)) return [];
    const [from, ratio, to] = [tie.from, tie.ratio, tie.to].map((name) => parts.get(name));
    const encoding = to?.feature.encoding;
    const [values, ratios] = [from, ratio].map((own) => own && meaningsOf(own.feature.encoding));
    if (!values || !ratios || encoding?.type !== 'TABULAR_NUMERIC_BINNED') return [];
    const products = Float64Array.from(values.flatMap((a) => ratios.map((b) => middleOf(a) * middleOf(b))));
    const own = encodeBinned(encoding, { kind: 'number', values: products, nulls: null });
    const codes = Int32Array.from(own, (code, i) => (Number.isNaN(products[i]!) ? -1 : code));
    return [{ from: from!.part, ratio: ratio!.part, to: to!.part, codes, ratios: ratios.length }];
  });
  return (codes) => {
    if (followers.length === 0) return codes;
    const seen = [...codes];
    for (const { from, ratio, to, codes: table, ratios } of followers) {
      const [a, b] = [seen[from]!, seen[ratio]!];
      seen[to] = codes[to]!.map((own, row) => {
        const code = table[a[row]! * ratios + b[row]!]!;
        return code < 0 ? own : code;
      });
    }
    return seen;
  };
}

/** NaN = no number. */
function middleOf(meaning: CodeMeaning): number {
  if (meaning.kind === 'range') return meaning.low / 2 + meaning.high / 2;
  return meaning.kind === 'cell' && typeof meaning.cell === 'number' ? meaning.cell : Number.NaN;
}
