import type { CellFormat } from '../../../src/domain/cell-format';
import { conversionExample } from '../../../src/domain/conversion-example';
import type { Conversion } from '../../../src/domain/conversions';
import type { ColumnFacts } from './column-facts';
import type { ColumnClues, TypedColumn } from './decide-types';

/** What reading did to the cells of a column (docs/import.md, Conversions); the name is added where names are known. */
export type FoundConversion = Omit<Conversion, 'column'>;

/**
 * @param typed the type of the column, also where a person undid it
 * @param format how its cells are written
 */
export function findConversion(
  { parser }: TypedColumn,
  { index, keepText, codes }: ColumnClues,
  facts: ColumnFacts | undefined,
  format: CellFormat | null,
): FoundConversion | null {
  if (codes) {
    const { count, isUndone } = codes;
    const undone = isUndone ? { undone: true as const } : {};
    return {
      position: index,
      kind: 'code',
      cells: count,
      example: conversionExample('code', {}, 'text'),
      ...undone,
    };
  }
  if (!parser?.kind || !facts || facts.touched === 0) return null;
  return {
    position: index,
    kind: parser.kind,
    cells: facts.touched,
    example: conversionExample(parser.kind, format ?? {}, parser.storageType),
    ...(facts.isAmbiguous && parser.order && { order: parser.order }),
    ...(keepText && { undone: true as const }),
  };
}
