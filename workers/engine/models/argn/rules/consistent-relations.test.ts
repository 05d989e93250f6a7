import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodeRelation } from '../network/restrictions';
import { consistentRelations } from './consistent-relations';

describe('consistentRelations', () => {
  it('keeps exactly the codes that some full row of codes can have, where relations form a chain', () => {
    const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(pairs, pairs, fc.array(fc.nat(3), { maxLength: 2 }), (first, second, forbidden) => {
        const members = (a: number, b: number) => [a, b].map((part) => ({ part, groups: null }));
        const relations = [
          { members: members(0, 1), tuples: first.flat() },
          { members: members(1, 2), tuples: second.flat() },
        ];
        const kept = consistentRelations(relations, [4, 4, 4], [forbidden, [], []]);
        const full = first.flatMap(([x, y]) =>
          second.filter(([u]) => u === y && !forbidden.includes(x)).map(([, z]) => [x, y, z]),
        );
        if (full.length === 0) return;
        const codes = (relation: CodeRelation, m: number) =>
          new Set(relation.tuples.filter((_, at) => at % 2 === m));
        expect(codes(kept[0]!, 0)).toEqual(new Set(full.map(([x]) => x)));
        expect(codes(kept[0]!, 1)).toEqual(new Set(full.map(([, y]) => y)));
        expect(codes(kept[1]!, 1)).toEqual(new Set(full.map(([, , z]) => z)));
      }),
    );
  });

  it('leaves out a relation that contradicts the others', () => {
    const members = [0, 1].map((part) => ({ part, groups: null }));
    const same = { members, tuples: [0, 0, 1, 1] };
    expect(consistentRelations([same, { members, tuples: [0, 1] }], [2, 2], [])).toEqual([same]);
  });
});
