import type { ColumnData } from '../../../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../../../src/domain/columns';
import {
  analyseCategorical,
  type CategoricalEncoding,
  decodeCategorical,
  encodeCategorical,
  forbiddenCategorical,
} from './categorical';
import {
  analyseCharacter,
  type CharacterEncoding,
  decodeCharacter,
  encodeCharacter,
  encodeLearnedCharacter,
} from './character';
import type { AnalyseOptions, DecodeDraws } from './contract';
import { countedRows } from './counted-rows';
import { encodeLearnedDatetime } from './date-learned';
import { analyseDatetime, type DatetimeEncoding, decodeDatetime, encodeDatetime } from './datetime';
import { analyseLatLong, decodeLatLong, encodeLatLong, type LatLongEncoding } from './lat-long';
import { analyseBinned, decodeBinned, encodeBinned, type NumericBinnedEncoding } from './numeric-binned';
import {
  analyseDigit,
  decodeDigit,
  encodeDigit,
  encodeLearnedDigit,
  type NumericDigitEncoding,
} from './numeric-digit';
import {
  analyseDiscrete,
  decodeDiscrete,
  encodeDiscrete,
  type NumericDiscreteEncoding,
} from './numeric-discrete';
import { encodeByRank } from './rank-codes';
import { requireNumbers } from './sorted-values';

/**
 * How one column becomes integer codes and back: plain JSON, free of rows. `subColumns` lists the codes in the
 * order in which they are modelled.
 */
export type ColumnEncoding =
  | CategoricalEncoding
  | NumericDiscreteEncoding
  | NumericBinnedEncoding
  | DatetimeEncoding
  | NumericDigitEncoding
  | CharacterEncoding
  | LatLongEncoding;

/**
 * Looks at all values of a column once and decides its codes. What it shows of them, enough subjects share.
 * @throws UserError `config/invalid` if the encoding type cannot read this kind of data
 */
export function analyseColumn(
  data: ColumnData,
  storageType: StorageType,
  encodingType: ResolvedEncodingType,
  options: AnalyseOptions,
): ColumnEncoding {
  const counted = countedRows(data, encodingType, options);
  const own = { ...options, follows: counted.follows };
  switch (encodingType) {
    case 'TABULAR_CATEGORICAL':
      return analyseCategorical(counted.data, storageType, own, data);
    case 'TABULAR_NUMERIC_DISCRETE':
      return analyseDiscrete(requireNumbers(counted.data, encodingType), storageType, own);
    case 'TABULAR_NUMERIC_BINNED':
      return analyseBinned(requireNumbers(counted.data, encodingType), storageType, own);
    case 'TABULAR_DATETIME':
      return analyseDatetime(requireNumbers(counted.data, encodingType), storageType, own);
    case 'TABULAR_NUMERIC_DIGIT':
      return analyseDigit(
        requireNumbers(counted.data, encodingType),
        storageType,
        options,
        requireNumbers(data, encodingType),
      );
    // These count subjects themselves.
    case 'TABULAR_CHARACTER':
      return analyseCharacter(data, storageType, options);
    case 'TABULAR_LAT_LONG':
      return analyseLatLong(data, storageType, options);
  }
}

/** Codes of the rows that the encoding was made of, for training: one array per sub-column, [rows]. */
export function encodeLearned(
  encoding: ColumnEncoding,
  data: ColumnData,
  options: Pick<AnalyseOptions, 'valueProtection' | 'seed' | 'exactCodes' | 'subjects' | 'rareThreshold'>,
): Uint16Array[] {
  switch (encoding.type) {
    case 'TABULAR_NUMERIC_BINNED':
      return options.exactCodes
        ? encodeColumn(encoding, data)
        : [encodeByRank(encoding, requireNumbers(data, encoding.type), options.seed)];
    case 'TABULAR_NUMERIC_DIGIT':
      return encodeLearnedDigit(encoding, requireNumbers(data, encoding.type), options);
    case 'TABULAR_CHARACTER':
      return encodeLearnedCharacter(encoding, data, options);
    case 'TABULAR_DATETIME':
      return encodeLearnedDatetime(encoding, requireNumbers(data, encoding.type), options);
    default:
      return encodeColumn(encoding, data);
  }
}

/**
 * Codes of every row: one array per sub-column, [rows]. Values unknown to the encoding (rare, extreme, unseen) get
 * the code that protection prescribes; the result is always below the cardinality.
 */
export function encodeColumn(encoding: ColumnEncoding, data: ColumnData): Uint16Array[] {
  switch (encoding.type) {
    case 'TABULAR_CATEGORICAL':
      return [encodeCategorical(encoding, data)];
    case 'TABULAR_NUMERIC_DISCRETE':
      return [encodeDiscrete(encoding, requireNumbers(data, encoding.type))];
    case 'TABULAR_NUMERIC_BINNED':
      return [encodeBinned(encoding, requireNumbers(data, encoding.type))];
    case 'TABULAR_DATETIME':
      return encodeDatetime(encoding, requireNumbers(data, encoding.type));
    case 'TABULAR_NUMERIC_DIGIT':
      return encodeDigit(encoding, requireNumbers(data, encoding.type));
    case 'TABULAR_CHARACTER':
      return encodeCharacter(encoding, data);
    case 'TABULAR_LAT_LONG':
      return [encodeLatLong(encoding, data)];
  }
}

/**
 * Values of a block of codes. Draws inside bins are functions of (seed, column, row0 + i): cutting the rows into
 * other blocks gives the same values.
 * @param codes one array per sub-column, each [rows]
 * @param row0 absolute number of the block's first row
 */
export function decodeColumn(
  encoding: ColumnEncoding,
  codes: readonly Uint16Array[],
  draws: DecodeDraws,
  row0: number,
): ColumnData {
  switch (encoding.type) {
    case 'TABULAR_CATEGORICAL':
      return decodeCategorical(encoding, codes[0]!, draws, row0);
    case 'TABULAR_NUMERIC_DISCRETE':
      return decodeDiscrete(encoding, codes[0]!);
    case 'TABULAR_NUMERIC_BINNED':
      return decodeBinned(encoding, codes[0]!, draws, row0);
    case 'TABULAR_DATETIME':
      return decodeDatetime(encoding, codes);
    case 'TABULAR_NUMERIC_DIGIT':
      return decodeDigit(encoding, codes);
    case 'TABULAR_CHARACTER':
      return decodeCharacter(encoding, codes);
    case 'TABULAR_LAT_LONG':
      return decodeLatLong(encoding, codes[0]!, draws, row0);
  }
}

/**
 * Codes that must get probability 0 at generation, one list per sub-column (parallel to `subColumns`): that of
 * rare categories where there are none or nothing may be written for them. Never all codes of a sub-column. Codes may still occur in
 * encoded training rows.
 */
export function forbiddenCodes(encoding: ColumnEncoding): readonly (readonly number[])[] {
  if (encoding.type === 'TABULAR_CATEGORICAL') return [forbiddenCategorical(encoding)];
  return encoding.subColumns.map(() => []);
}
