/** What crosses between the engine worker and the helpers that encode columns for it. */
import type { Helper, HelperApi } from '../../../src/threads/helper';
import type { ColumnRows, ColumnTask, EncodedColumn } from './column-task';

export interface EncoderApi extends HelperApi {
  /** Analyses and encodes one column; rows and codes are moved. @throws UserError `config/invalid` */
  encode(task: ColumnTask, rows: ColumnRows): Promise<EncodedColumn>;
}

/** A helper that is running. */
export type EncoderConnection = Helper<EncoderApi>;

/** Starts one more helper; rejects when it cannot. */
export type EncoderStarter = () => Promise<EncoderConnection>;

/** What helpers there can be. */
export interface EncoderSupply {
  /** As `navigator.hardwareConcurrency`. */
  readonly cores: number;
  readonly start: EncoderStarter;
}
