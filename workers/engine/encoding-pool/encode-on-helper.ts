import { answerPing } from '../../../src/threads/helper';
import { transfer } from '../../../src/threads/rpc';
import { analyseTask, encodeRows } from './column-task';
import type { EncoderApi } from './protocol';

/** A helper's side: a column at a time. */
export const encoderApi: EncoderApi = {
  ping: answerPing,
  async encode(task, rows) {
    const encoded = encodeRows(analyseTask(task, rows), rows);
    return transfer(
      encoded,
      encoded.codes.map((part) => part.buffer),
    );
  },
};
