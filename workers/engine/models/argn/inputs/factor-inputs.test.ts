import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../../src/domain/random';
import { buildSpec } from '../network/network-spec';
import { createLayout } from '../network/weight-layout';
import { binned, factorTable } from '../testing/factor-tables';
import { inputsBesideFactors } from './factor-inputs';

const COLUMNS = 40;

/** Forty columns on one cause, of which 1 also follows what is 0's own; column 40 is the cause itself. */
async function inputs() {
  const { hidden, values } = factorTable({
    rows: 1000,
    columns: COLUMNS,
    causes: 1,
    sharing: COLUMNS,
    seed: 4,
  });
  const stream = new RandomStream(4, 'own');
  const own = Float64Array.from({ length: 1000 }, () => stream.normal());
  for (const column of [0, 1]) values[column] = values[column]!.map((value, r) => value + 0.5 * own[r]!);
  const parts = [...values, ...hidden].map(binned);
  const whole = buildSpec(
    parts.map(() => [{ name: 'part', cardinality: 10, ordinal: true }]),
    'S',
  );
  const codes = new Uint16Array(parts.length * 1000);
  parts.forEach((part, j) => {
    codes.set(part.codes, j * 1000);
  });
  const table = { codes, trainingRows: 1000, facts: parts.map(({ facts }) => facts) };
  return inputsBesideFactors({ ...whole, factorCount: 1 }, table, 1, async () => undefined);
}

describe('inputsBesideFactors', () => {
  it('keeps the factor and what is related beyond it', async () => {
    const spec = await inputs();
    createLayout(spec);
    expect(spec.subColumns[0]!.inputs).toContain(1);
    expect(spec.subColumns[1]!.inputs).toContain(0);
    const others = spec.subColumns.slice(2, COLUMNS).map((part) => part.inputs!);
    for (const list of others) expect(list).toContain(COLUMNS);
    // Without the factor, each depends on all 39 others.
    const beside = others.reduce((sum, list) => sum + list.length - 1, 0);
    expect(beside / others.length).toBeLessThan(10);
  });

  it('gives a factor the columns that it sums up', async () => {
    const spec = await inputs();
    expect(spec.subColumns[COLUMNS]!.inputs).toHaveLength(40);
  });
});
