import { beforeAll, describe, expect, it } from 'vitest';
import { type ModelSpec, NO_ROW } from '../network/network-backend';
import { createLayout } from '../network/weight-layout';
import { ReferenceBackend } from '../testing/reference-backend';
import { HYPER, prepare, randomCodes, randomPlan, randomState, request } from '../testing/samples';
import { WasmBackend } from '../wasm/wasm-backend';
import { drawTable } from './draw-rows';
import { evaluateSpans } from './evaluate-rows';
import { loadKernels } from './load-node';
import { storeCodeTable } from './load-rows';
import { InputSlots } from './slots';
import { trainSteps } from './train-steps';
import { createWorkspace, type Workspace } from './workspace';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadKernels();
}, 60_000);

const ROWS = 400;
/** Two inputs of many codes, of which batches show few. */
const SPEC: ModelSpec = {
  columnCount: 4,
  subColumns: [
    { cardinality: 1500, dimension: 5, hidden: 16, column: 0, classes: classesOf(1500) },
    { cardinality: 6, dimension: 3, hidden: 12, column: 1 },
    { cardinality: 300, dimension: 8, hidden: 36, column: 2 },
    { cardinality: 40, dimension: 6, hidden: 20, column: 3 },
  ],
};

function classesOf(codes: number): number[] {
  return Array.from({ length: Math.ceil(codes / 30) }, (_, k) => 30 * k);
}

function open(whole: boolean): Workspace {
  const space = createWorkspace(module, SPEC, ROWS);
  storeCodeTable(space, randomCodes(SPEC, ROWS, 2));
  const { parameters } = randomState(SPEC, 2);
  space.f32.set(parameters, space.at.parameters / 4);
  space.f32.set(parameters, space.at.average / 4);
  if (!whole) return space;
  return { ...space, slots: new InputSlots(space.layout, [], space.u32) };
}

/** The bits of all four, as one text: comparing numbers one by one takes seconds. */
const stateOf = ({ f32, at, layout }: Workspace) =>
  (['parameters', 'firstMoment', 'secondMoment', 'average'] as const)
    .map((name) => Buffer.from(f32.buffer, at[name], 4 * layout.total).toString('latin1'))
    .join();

describe('tables of the codes that occur', () => {
  it('train to the bits of whole tables, pads included', () => {
    const spaces = [open(false), open(true)];
    const losses = [37, 150, 600].map((batchSize, k) => {
      const plan = randomPlan(SPEC, {
        steps: 2,
        batchSize,
        tableRows: ROWS,
        seed: 3,
        firstStep: 2 * k,
        dropout: 0.2,
      });
      plan.rows.fill(NO_ROW, 5, 9);
      return spaces.map((space) => trainSteps(space, HYPER, plan));
    });
    for (const [some, whole] of losses) expect(some).toEqual(whole);
    expect(stateOf(spaces[0]!) === stateOf(spaces[1]!)).toBe(true);
    expect(spaces[0]!.slots.rows(0)).toBeLessThan(400);
    expect(spaces[1]!.slots.rows(0)).toBe(1500);
  });

  it('evaluate and draw to the bits of whole tables', () => {
    const plan = randomPlan(SPEC, { steps: 1, batchSize: 300, tableRows: ROWS, seed: 5 });
    const asked = { ...plan, weights: 'current' as const };
    const [some, whole] = [open(false), open(true)];
    const evaluate = (space: Workspace) => evaluateSpans(space, space.at.parameters, asked, space.owned);
    expect(evaluate(some)).toEqual(evaluate(whole));
    const fixed = [Uint16Array.from({ length: 90 }, (_, r) => (r * 61) % 1500), null, null, null];
    for (const changes of [
      { rows: 90 },
      { rows: 90, sampling: 'balanced' as const, order: [2, 0, 3, 1] },
      { rows: 90, fixed },
      { rows: 8300 },
    ]) {
      const draw = (space: Workspace) => drawTable(space, space.at.parameters, request(SPEC, changes));
      expect(draw(some)).toEqual(draw(whole));
    }
  });

  it('have the gradients of the reference', async () => {
    const plan = randomPlan(SPEC, { steps: 1, batchSize: 60, tableRows: ROWS, seed: 8 });
    const moments: Float32Array[] = [];
    for (const backend of [new WasmBackend(module), new ReferenceBackend()]) {
      await prepare(backend, SPEC, ROWS, 8);
      await backend.train(plan);
      moments.push((await backend.getState()).firstMoment);
    }
    const [own, theirs] = moments as [Float32Array, Float32Array];
    own.forEach((value, k) => {
      if (Math.abs(value - theirs[k]!) > 2e-7 * (1 + Math.abs(theirs[k]!)))
        expect([k, value]).toEqual([k, theirs[k]]);
    });
  });
});

describe('InputSlots', () => {
  const layout = createLayout(SPEC);
  const u32 = new Uint32Array(5000);
  const slots = () => new InputSlots(layout, [0, null, 4 * 2000, null], u32);

  it('numbers the codes that occur in their order', () => {
    const own = slots();
    own.chooseColumn(0, Uint16Array.of(700, 3, 3, 1499, 700));
    expect(own.list(0)).toMatchObject({ list: 0, count: 3 });
    expect([...u32.subarray(0, 3)]).toEqual([3, 700, 1499]);
    expect([3, 700, 1499].map((code) => own.map(0)![code])).toEqual([0, 1, 2]);
    expect([own.rows(0), own.rows(1), own.rows(2)]).toEqual([3, 6, 300]);
    expect(own.any).toBe(true);
    own.clear();
    expect([own.any, own.map(0), own.rows(0)]).toEqual([false, null, 1500]);
  });

  it('keeps whole tables where most codes occur', () => {
    const own = slots();
    own.chooseColumn(
      2,
      Uint16Array.from({ length: 225 }, (_, code) => code),
    );
    expect(own.rows(2)).toBe(225);
    own.chooseColumn(
      2,
      Uint16Array.from({ length: 226 }, (_, code) => code),
    );
    expect([own.rows(2), own.list(2)]).toEqual([300, null]);
  });

  it('skips pads', () => {
    const own = slots();
    const codes = Uint16Array.of(9, 0, 9, 0, 20, 1, 20, 1, 30, 2, 30, 2);
    own.chooseRows(codes, 0, Uint32Array.of(2, NO_ROW, 1), 3);
    expect([own.list(0)?.count, own.map(0)![20], own.map(2)![30]]).toEqual([2, 0, 1]);
  });
});
