import { expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { MemoryColumn } from '../../testing/memory-database';
import { openBackend } from './testing/open-backend';
import { trainColumns } from './testing/train-columns';

const ROWS = 1800;

function text(name: string, values: readonly string[]): MemoryColumn {
  const dictionary = [...new Set(values)];
  const codes = new Map(dictionary.map((value, code) => [value, code]));
  return {
    name,
    storageType: 'text',
    data: { kind: 'text', codes: Int32Array.from(values, (value) => codes.get(value)!), dictionary },
  };
}

/** Towns within regions within countries, and items with the shop that sells them. */
function orders(): MemoryColumn[] {
  const stream = new RandomStream(8, 'orders');
  const draws = Array.from({ length: ROWS }, () => ({
    town: Math.floor(50 * stream.uniform() ** 2),
    item: stream.below(90),
    spent: Math.round(100 * Math.exp(3.5 + 0.7 * stream.normal())) / 100,
  }));
  const spent = Float64Array.from(draws, (draw) => draw.spent);
  return [
    text(
      'town',
      draws.map(({ town }) => `town ${town}`),
    ),
    text(
      'region',
      draws.map(({ town }) => `region ${town % 12}`),
    ),
    text(
      'country',
      draws.map(({ town }) => `country ${(town % 12) % 5}`),
    ),
    text(
      'item',
      draws.map(({ item }) => `item ${item}`),
    ),
    text(
      'shop',
      draws.map(({ item }) => `shop ${item % 7}`),
    ),
    { name: 'spent', storageType: 'float', data: { kind: 'number', values: spent, nulls: null } },
  ];
}

it('does not take columns that determine each other for copies', async () => {
  const backend = await openBackend('wasm');
  const { summary } = await trainColumns(backend, orders(), {
    configuration: { maxEpochs: 22 },
    rows: { validationShare: 0.2 },
  });
  backend.dispose();
  expect(summary.stoppedBy).toBe('max-epochs');
  expect(summary.privacyGuard).toMatchObject({ outcome: 'kept', acceptable: true });
  expect(summary.privacyGuard!.checks).toBeGreaterThan(1);
}, 120_000);
