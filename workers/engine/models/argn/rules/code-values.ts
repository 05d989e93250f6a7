import type { Cell } from '../../../../../src/domain/rules';
import type { BinToken } from '../../../encoding/bin-tokens';
import { fromUnits } from '../../../encoding/decimal-grid';
import type { ColumnEncoding } from '../../../encoding/encoder';

/** What a code of a column stands for. */
export type CodeMeaning =
  /** One value, or a missing one. */
  | { readonly kind: 'cell'; readonly cell: Cell }
  /** Numbers from `low` to `high`. */
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  /** Hidden categories. */
  | { readonly kind: 'rare' };

const MISSING: CodeMeaning = { kind: 'cell', cell: null };

/** Meanings of the codes of a column that has one sub-column, [cardinality]; null for other columns. */
export function meaningsOf(encoding: ColumnEncoding): CodeMeaning[] | null {
  switch (encoding.type) {
    case 'TABULAR_CATEGORICAL': {
      const isNumber = encoding.storageType !== 'text' && encoding.storageType !== 'boolean';
      const cells = encoding.categories.map(
        (text): CodeMeaning => ({ kind: 'cell', cell: isNumber ? Number(text) : text }),
      );
      return [{ kind: 'rare' }, ...(encoding.hasNull ? [MISSING] : []), ...cells];
    }
    case 'TABULAR_NUMERIC_DISCRETE': {
      const cells = encoding.values.map((value): CodeMeaning => ({ kind: 'cell', cell: Number(value) }));
      return [...(encoding.hasNull ? [MISSING] : []), ...cells];
    }
    case 'TABULAR_NUMERIC_BINNED':
      return encoding.tokens.map((token) => meaningOfToken(token, encoding.decimals));
    case 'TABULAR_DATETIME':
    case 'TABULAR_NUMERIC_DIGIT':
    case 'TABULAR_CHARACTER':
    case 'TABULAR_LAT_LONG':
      return null;
  }
}

function meaningOfToken(token: BinToken, decimals: number | null): CodeMeaning {
  switch (token.kind) {
    case 'null':
      return MISSING;
    case 'infinity':
      return { kind: 'cell', cell: token.sign * Number.POSITIVE_INFINITY };
    case 'point':
      return { kind: 'cell', cell: fromUnits(token.units, decimals) };
    case 'bin':
      return {
        kind: 'range',
        low: fromUnits(token.lower[0]!, decimals),
        high: fromUnits(token.upper[token.upper.length - 1]!, decimals),
      };
  }
}

/** The sub-column that says whether a value is missing, and its code for that; null if none ever is. */
export function missingCode(
  encoding: ColumnEncoding,
): { readonly part: number; readonly code: number } | null {
  if (encoding.type === 'TABULAR_DATETIME')
    return encoding.hasNull && encoding.bounds ? { part: 0, code: 1 } : null;
  if (encoding.type === 'TABULAR_LAT_LONG') return encoding.hasNull ? { part: 0, code: 0 } : null;
  if (encoding.type === 'TABULAR_NUMERIC_DIGIT' || encoding.type === 'TABULAR_CHARACTER')
    return encoding.hasNull && encoding.subColumns[0]!.cardinality > 1 ? { part: 0, code: 1 } : null;
  const code = meaningsOf(encoding)!.findIndex((meaning) => meaning.kind === 'cell' && meaning.cell === null);
  return code < 0 ? null : { part: 0, code };
}
