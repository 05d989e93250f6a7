import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../../src/domain/random';
import type { ModelSpec } from '../network/network-backend';
import type { CodeRelation } from '../network/restrictions';
import { randomSpecs } from '../testing/random-specs';
import { ReferenceBackend } from '../testing/reference-backend';
import { prepare, request } from '../testing/samples';
import { loadKernels } from './load-node';
import { WasmBackend } from './wasm-backend';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadKernels();
}, 60_000);

/** A random relation of some sub-columns over groups of their codes. */
function randomRelation(spec: ModelSpec, seed: number): CodeRelation {
  const stream = new RandomStream(seed, 'relation');
  const parts = [...stream.permutation(spec.subColumns.length)].slice(0, 1 + stream.below(3));
  const members = parts.map((part) => {
    const { cardinality } = spec.subColumns[part]!;
    const groups = Array.from({ length: cardinality }, () => stream.below(3));
    return { part, groups: stream.below(2) === 0 ? null : groups };
  });
  const combination = () =>
    members.map(({ part, groups }) => {
      const code = stream.below(spec.subColumns[part]!.cardinality);
      return groups ? groups[code]! : code;
    });
  return { members, tuples: Array.from({ length: 1 + stream.below(12) }, combination).flat() };
}

/** Rows of a drawn table that a relation lists. */
function listed({ members, tuples }: CodeRelation, drawn: Uint16Array, rows: number): boolean[] {
  const known = new Set<string>();
  for (let at = 0; at < tuples.length; at += members.length) {
    known.add(tuples.slice(at, at + members.length).join());
  }
  return Array.from({ length: rows }, (_, r) => {
    const codes = members.map(({ part, groups }) => {
      const code = drawn[part * rows + r]!;
      return groups ? groups[code]! : code;
    });
    return known.has(codes.join());
  });
}

const rows = 60;
const samplings = ['independent', 'balanced'] as const;

describe('draws with a relation', () => {
  it('keep it in every row and any order, as the reference draws them', async () => {
    const limits = { cardinality: 70, dimension: 6, hidden: 12, subColumns: 6 };
    await fc.assert(
      fc.asyncProperty(
        randomSpecs(limits),
        fc.nat(1e6),
        fc.constantFrom(...samplings),
        async (spec, seed, sampling) => {
          const relations = [randomRelation(spec, seed)];
          const columns = [...new RandomStream(seed, 'order').permutation(spec.columnCount)];
          const order = columns.flatMap((c) =>
            spec.subColumns.flatMap(({ column }, j) => (column === c ? [j] : [])),
          );
          const asked = request(spec, { rows, seed, relations, order, sampling });
          const [wasm, reference] = [new WasmBackend(module), new ReferenceBackend()];
          for (const backend of [wasm, reference]) await prepare(backend, spec, 50, seed);
          const own = await wasm.generate(asked);
          const theirs = await reference.generate(asked);
          expect(listed(relations[0]!, own, rows)).not.toContain(false);
          expect(listed(relations[0]!, theirs, rows)).not.toContain(false);
          // In balanced sampling rows that a relation leaves one code are ranked by the last bits of their floats.
          if (sampling === 'balanced') return;
          // A float tie changes a row's codes from there on.
          const apart = new Set<number>();
          own.forEach((code, k) => {
            if (code !== theirs[k]) apart.add(k % rows);
          });
          expect(apart.size).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keep it with codes given', async () => {
    const spec: ModelSpec = {
      columnCount: 3,
      subColumns: [30, 4, 500].map((cardinality, column) => ({
        cardinality,
        dimension: 4,
        hidden: 8,
        column,
        ...(cardinality === 500 && { classes: [0, 1, 2, 100, 300] }),
      })),
    };
    // Code a of the first goes with a mod 4 of the second and with two codes of the third.
    const tuples = Array.from({ length: 30 }, (_, a) => [a, a % 4, 7 * a, a, a % 4, 7 * a + 3]).flat();
    const relations = [{ members: [0, 1, 2].map((part) => ({ part, groups: null })), tuples }];
    const given = Uint16Array.from({ length: 9000 }, (_, r) => 7 * (r % 30) + (r % 2 === 0 ? 0 : 3));
    const backend = new WasmBackend(module);
    await prepare(backend, spec, 50, 3);
    for (const sampling of samplings) {
      const drawn = await backend.generate(
        request(spec, { rows: 9000, order: [2, 1, 0], fixed: [null, null, given], relations, sampling }),
      );
      expect(listed(relations[0]!, drawn, 9000)).not.toContain(false);
      expect(drawn.slice(18_000)).toEqual(given);
    }
  });

  it('leave the other rows as they would be without it', async () => {
    const spec: ModelSpec = {
      columnCount: 2,
      subColumns: [5, 6].map((cardinality, column) => ({ cardinality, dimension: 4, hidden: 8, column })),
    };
    const backend = new WasmBackend(module);
    await prepare(backend, spec, 50, 3);
    const all = Array.from({ length: 30 }, (_, k) => [k % 5, Math.floor(k / 5)]).flat();
    const members = [0, 1].map((part) => ({ part, groups: null }));
    const made = { rows: 3000, sampling: 'balanced' as const };
    expect(await backend.generate(request(spec, { ...made, relations: [{ members, tuples: all }] }))).toEqual(
      await backend.generate(request(spec, made)),
    );
  });
});
