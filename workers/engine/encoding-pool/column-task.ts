import { type ColumnData, columnLength } from '../../../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../../../src/domain/columns';
import { transfer } from '../../../src/threads/rpc';
import type { AnalyseOptions } from '../encoding/contract';
import { analyseColumn, type ColumnEncoding, encodeColumn, encodeLearned } from '../encoding/encoder';

/** How one column becomes codes. */
export interface ColumnTask {
  readonly storageType: StorageType;
  readonly encodingType: ResolvedEncodingType;
  readonly options: AnalyseOptions;
  /** Of a model that a training goes on from: the rows get its codes, and nothing is analysed. */
  readonly encoding?: ColumnEncoding;
}

/** The rows of a column that take part in a training. */
export interface ColumnRows {
  readonly training: ColumnData;
  readonly validation: ColumnData;
  /** [training rows] 1 = the value follows from other columns. Absent = none does. */
  readonly follows?: Uint8Array | null;
  /** Whose training rows they are. Absent = every row is a subject of its own. */
  readonly subjects?: Uint32Array | null;
  /** Indices into `validation` of the rows that are kept, the same for every column. */
  readonly chosen: Uint32Array;
}

export interface EncodedColumn {
  readonly encoding: ColumnEncoding;
  /** Numbers of rows. */
  readonly training: number;
  readonly validation: number;
  /** Per sub-column: training rows, then validation rows. */
  readonly codes: readonly Uint16Array[];
}

/** What a thread does for the engine. */
export interface EncoderApi {
  /** Analyses and encodes one column; rows and codes are moved. @throws UserError `config/invalid` */
  encode(task: ColumnTask, rows: ColumnRows): Promise<EncodedColumn>;
}

/** Decides a column's codes by its training rows. @throws UserError `config/invalid` as `analyseColumn` */
export function analyseTask(
  task: ColumnTask,
  { training, validation, follows, subjects }: ColumnRows,
): ColumnEncoding {
  if (task.encoding) return task.encoding;
  const options = { ...task.options, follows, subjects, unseen: validation };
  return analyseColumn(training, task.storageType, task.encodingType, options);
}

/** Codes of the training rows and the chosen validation rows. */
export function encodeRows(
  encoding: ColumnEncoding,
  rows: ColumnRows,
  options: AnalyseOptions,
): EncodedColumn {
  const { training, validation, chosen } = rows;
  const first = encodeLearned(encoding, training, { ...options, subjects: rows.subjects ?? null });
  const held = encodeColumn(encoding, validation);
  return {
    encoding,
    training: columnLength(training),
    validation: chosen.length,
    codes: first.map((part, k) => joinRows(part, held[k]!, chosen)),
  };
}

/** The thread's side. */
export const encoderApi: EncoderApi = {
  async encode(task, rows) {
    const encoded = encodeRows(analyseTask(task, rows), rows, task.options);
    return transfer(
      encoded,
      encoded.codes.map(({ buffer }) => buffer),
    );
  },
};

function joinRows(training: Uint16Array, validation: Uint16Array, chosen: Uint32Array): Uint16Array {
  const joined = new Uint16Array(training.length + chosen.length);
  joined.set(training);
  for (let i = 0; i < chosen.length; i++) joined[training.length + i] = validation[chosen[i]!]!;
  return joined;
}
