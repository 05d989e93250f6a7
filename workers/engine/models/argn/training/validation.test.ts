import { describe, expect, it } from 'vitest';
import type { Backend, EvaluationRequest } from '../network/network-backend';
import type { OrderMix } from './order-planner';
import { Validation } from './validation';

const ROWS = Uint32Array.from({ length: 9000 }, (_, row) => 3 * row);
const MIX: OrderMix = { natural: 0.25, rotated: 0.25 };

/** A backend of which only `evaluate` works; it answers in any order. */
function watchedBackend(concurrency: number) {
  const seen = { max: 0, calls: 0, rows: 0 };
  let underWay = 0;
  const backend = {
    concurrency,
    async evaluate({ rows, orderOf, orders }: EvaluationRequest) {
      const call = seen.calls++;
      seen.rows += rows.length;
      seen.max = Math.max(seen.max, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, call % 2 === 0 ? 4 : 1));
      underWay--;
      const loss = (scale: number) =>
        rows.reduce((sum, row, r) => sum + Math.sin(scale * row + orderOf[r]!), 0);
      return Float64Array.of(loss(1), loss(2), orders.count);
    },
  };
  return { backend: backend as unknown as Backend, seen };
}

describe('Validation', () => {
  const validation = new Validation(ROWS, 5, MIX, 7);

  it('evaluates one call after the other where the backend takes no more', async () => {
    const { backend, seen } = watchedBackend(1);
    let rests = 0;
    await validation.score(backend, async () => void rests++);
    expect(seen).toEqual({ max: 1, calls: 10, rows: 2 * ROWS.length });
    expect(rests).toBe(10);
  });

  it('has several calls under way where it takes more, and the same score to the bit', async () => {
    const [one, two] = [watchedBackend(1), watchedBackend(2)];
    const pause = async () => undefined;
    const score = await validation.score(one.backend, pause);
    expect(await validation.score(two.backend, pause)).toBe(score);
    expect(two.seen.max).toBe(4);
  });
});
