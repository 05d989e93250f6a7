import { describe, expect, it } from 'vitest';
import { cutTable } from './slices';

describe('cutTable', () => {
  it('cuts a long table into whole rows of all columns, in order', () => {
    const rowCount = 300_000;
    const codes = Uint16Array.from({ length: 3 * rowCount }, (_, i) => i % 60_013);
    const pieces = [...cutTable(codes, 3, rowCount)];
    expect(pieces.map(({ first }) => first)).toEqual([0, 131_072, 262_144]);
    const seen = new Uint16Array(codes.length);
    for (const { first, piece } of pieces) {
      expect(piece.byteLength).toBe(piece.buffer.byteLength);
      const rows = piece.length / 3;
      for (let j = 0; j < 3; j++) seen.set(piece.subarray(j * rows, (j + 1) * rows), j * rowCount + first);
    }
    expect(Buffer.compare(Buffer.from(seen.buffer), Buffer.from(codes.buffer))).toBe(0);
  });

  it('has one piece of a short table and none of an empty one', () => {
    expect([...cutTable(Uint16Array.of(1, 2, 3, 4), 2, 2)]).toEqual([
      { first: 0, piece: Uint16Array.of(1, 2, 3, 4) },
    ]);
    expect([...cutTable(new Uint16Array(0), 2, 0)]).toEqual([]);
  });
});
