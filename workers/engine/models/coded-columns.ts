import type { ColumnData, ColumnSchema } from '../../../src/domain/column-data';
import { columnsOfRule, type Rule } from '../../../src/domain/rules';
import { coupleInvented } from '../encoding/couple-invented';
import { type ColumnEncoding, decodeColumn, forbiddenCodes } from '../encoding/encoder';
import type { EncodedColumn } from '../encoding-pool/column-task';
import type { TrainingTable } from './model';

/** What families that learn codes make of a table, whatever they learn of them. */

/** A modelled column and the codes it became. */
export interface EncodedFeature {
  readonly schema: ColumnSchema;
  /** Index among the columns of the output; the random draws of its values depend on it. */
  readonly outputIndex: number;
  readonly encoding: ColumnEncoding;
}

/** Names of the columns that go with others exactly: moved to a neighbouring bin, a row would contradict them. */
export function linkedColumns({ rules, ties }: TrainingTable): Set<string> {
  const tied = ties.flatMap((tie) => ('period' in tie ? tie.columns : [tie.from, tie.to]));
  const ruled = rules.map(columnsOfRule).filter((names) => names.length > 1);
  return new Set([...tied, ...ruled.flat(), ...ties.flatMap((tie) => ('ratio' in tie ? [tie.ratio] : []))]);
}

/** Gives columns that decide each other, as all that identify a subject do, invented values that go together. */
export function coupleColumns(columns: EncodedColumn[], { features, rules }: TrainingTable): void {
  const [first, ...others] = features.filter(
    ({ identifiesSubjects, isOfSubject }) => identifiesSubjects && isOfSubject,
  );
  const together = others.map(
    ({ schema }): Rule => ({
      kind: 'functional-dependency',
      determinant: [first!.schema.name],
      dependent: schema.name,
      oneToOne: false,
    }),
  );
  const coupled = coupleInvented(
    features.map(({ schema, outputIndex }, i) => ({
      name: schema.name,
      outputIndex,
      encoding: columns[i]!.encoding,
    })),
    [...rules, ...together],
  );
  columns.forEach((column, i) => {
    columns[i] = { ...column, encoding: coupled[i]! };
  });
}

/** The codes of all columns in one array, of which they become parts: long ones are not held twice. */
export function joinCodes(columns: EncodedColumn[]): Uint16Array {
  const rows = columns[0]!.training + columns[0]!.validation;
  const joined = new Uint16Array(columns.reduce((sum, { codes }) => sum + codes.length, 0) * rows);
  let end = 0;
  columns.forEach((column, index) => {
    const codes = column.codes.map((part) => {
      const own = joined.subarray(end, end + rows);
      own.set(part);
      end += rows;
      return own;
    });
    columns[index] = { ...column, codes };
  });
  return joined;
}

/** Per sub-column of the model: codes that must not be generated. */
export function forbiddenOf(features: readonly EncodedFeature[]): (readonly number[])[] {
  return features.flatMap(({ encoding }) => forbiddenCodes(encoding));
}

/**
 * Values of a block of rows, per feature.
 * @param codes [sub-column][row], the sub-columns of all features in their order
 * @param row0 number of the block's first row
 * @param rows drawn in all
 */
export function decodeFeatures(
  features: readonly EncodedFeature[],
  codes: readonly Uint16Array[],
  { row0, seed, rows }: { readonly row0: number; readonly seed: number; readonly rows: number },
): ColumnData[] {
  let end = 0;
  return features.map(({ encoding, outputIndex }) => {
    const parts = codes.slice(end, end + encoding.subColumns.length);
    end += parts.length;
    return decodeColumn(encoding, parts, { seed, column: outputIndex, rows }, row0);
  });
}

/** Whether code 0 of a column of numbers stands for a missing one, apart from the order of the others. */
export function hasNullCode(encoding: ColumnEncoding): boolean {
  if (encoding.type === 'TABULAR_NUMERIC_DISCRETE') return encoding.hasNull;
  return encoding.type === 'TABULAR_NUMERIC_BINNED' && encoding.tokens[0]?.kind === 'null';
}
