import { expect, test } from 'vitest';
import { RandomStream } from '../../../../../src/domain/random';
import { specOf } from '../testing/samples';
import { initialise } from './initialise';
import { startLinear } from './linear-start';
import { createLayout } from './weight-layout';

test('the linear start looks at the rows that are learned in the stead of others', async () => {
  const rows = 200;
  const layout = createLayout(
    specOf([
      [8, 3, 8, 0],
      [8, 3, 8, 1],
    ]),
  );
  const stream = new RandomStream(1, 'table');
  const first = Uint16Array.from({ length: rows }, () => stream.below(8));
  const second = first.map((code) => (code + stream.below(2)) % 8);
  const counts = new Uint32Array(8).fill(rows / 8);
  const facts = [
    { ordinal: true, counts },
    { ordinal: true, counts },
  ];
  const learnedRows = Uint32Array.from({ length: rows }, (_, row) => (row < 20 ? row + 20 : row));
  const start = async (
    parts: readonly Uint16Array[],
    learned: { learnedRows: Uint32Array } | object,
  ): Promise<Float32Array> => {
    const codes = Uint16Array.from(parts.flatMap((part) => [...part]));
    const state = initialise(layout, facts, 1);
    const table = { codes, trainingRows: rows, facts, isWide: true, ...learned };
    await startLinear(layout, table, state, 2, async () => {});
    return state.parameters;
  };
  const standIns = [first, second].map((part) => Uint16Array.from(learnedRows, (row) => part[row]!));
  const learned = await start([first, second], { learnedRows });
  expect(learned).toEqual(await start(standIns, {}));
  expect(learned).not.toEqual(await start([first, second], {}));
});
