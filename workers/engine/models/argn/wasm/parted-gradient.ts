/**
 * The gradient of a sub-column whose rows are parted (`row-parts.ts`), added up in the kernels' memory: each part has
 * a room of its own until it meets its neighbour in the tree. What other workers added up comes in by ranges of floats
 * and is added there.
 */
import { roundUp } from '../network/weight-layout';
import { GRADIENT_STEP, gradientSizes, type PartRooms, PIECE } from './part-rooms';
import type { Workspace } from './workspace';

/** What some rows add to a gradient: a room, floats from elsewhere, or nothing. */
type Addend = number | Float32Array | null;

/** A sum over the parts below a node of the tree. */
export interface NodeSum {
  /** Root 1, children of n at 2n and 2n + 1, part p at parts + p. */
  readonly node: number;
  /** Sum of −log p, nats. */
  readonly loss: number;
  readonly hasRows: boolean;
}

export class PartedGradient {
  /** The workspace with the sum in place of its own gradients. */
  readonly total: Workspace;
  readonly #space: Workspace;
  readonly #parts: number;
  readonly #rooms: PartRooms;
  readonly #views: readonly Workspace[];
  readonly #isTaken: boolean[];
  readonly #nodes = new Map<number, { readonly room: number | null; readonly loss: number }>();
  #floats = 0;

  /** All rooms are 0, and are again when the sum was used up. */
  constructor(space: Workspace, j: number) {
    const { at, layout } = space;
    const { front, head } = gradientSizes(layout, j);
    this.#space = space;
    this.#parts = space.rowParts[j]!.count;
    this.#rooms = at.partRooms[j]!;
    this.#views = this.#rooms.rooms.map((address) => ({
      ...space,
      at: { ...at, gradient: address - 4 * front, tableGradients: address + 4 * head },
    }));
    this.#isTaken = this.#views.map(() => false);
    this.total = this.#views[0]!;
  }

  /** Floats that are added up: the gradients of V, b, c and of the tables at hand. */
  get floats(): number {
    return this.#floats;
  }

  /** @param floats of the tables at hand */
  begin(headFloats: number, tableFloats: number): void {
    this.#floats = roundUp(headFloats + tableFloats, GRADIENT_STEP);
    this.#nodes.clear();
    this.#isTaken.fill(false);
  }

  /** @param accumulate adds a part's gradient to those of the workspace it is given and returns its loss; null without rows */
  addPart(part: number, accumulate: ((space: Workspace) => number) | null): void {
    const room = accumulate ? this.#takeRoom() : null;
    const loss = accumulate ? accumulate(this.#views[room!]!) : 0;
    this.#put(this.#parts + part, room, loss);
  }

  /** Sums so far that wait for others. */
  get nodes(): NodeSum[] {
    return [...this.#nodes].map(([node, { room, loss }]) => ({ node, loss, hasRows: room !== null }));
  }

  /** Copies floats from … to − 1 of every node that has rows, one node after the other. */
  copyNodes(from: number, to: number, target: Float32Array): void {
    let next = 0;
    for (const { room } of this.#nodes.values()) {
      if (room === null) continue;
      target.set(this.#range(room, from, to), next);
      next += to - from;
    }
  }

  /**
   * Makes floats from … to − 1 of the total of what is here and of what came in; the rest is left undefined until it
   * is written.
   * @param others per node, the floats from … to − 1 of its sum, or null without rows
   */
  addUp(from: number, to: number, others: ReadonlyMap<number, Float32Array | null>): void {
    const waiting = [...this.#nodes.values()];
    const sum = this.#sumOf(1, from, to, others);
    if (sum instanceof Float32Array) this.#range(this.#takeRoom(), from, to).set(sum);
    for (const { room } of waiting) {
      if (room === null || room === 0) continue;
      this.#range(room, 0, from).fill(0);
      this.#range(room, to, this.#floats).fill(0);
    }
  }

  /** Floats from … to − 1 of the total. */
  copyTotal(from: number, to: number, target: Float32Array): void {
    target.set(this.#range(0, from, to));
  }

  /** Sets floats of the total. */
  writeTotal(from: number, values: Float32Array): void {
    this.#range(0, from, from + values.length).set(values);
  }

  #put(node: number, room: number | null, loss: number): void {
    const sibling = this.#nodes.get(node ^ 1);
    if (node === 1 || !sibling) {
      this.#nodes.set(node, { room, loss });
      return;
    }
    this.#nodes.delete(node ^ 1);
    const sum = this.#add(sibling.room, room, 0, this.#floats);
    this.#put(node >> 1, sum as number | null, sibling.loss + loss);
  }

  #sumOf(node: number, from: number, to: number, others: ReadonlyMap<number, Float32Array | null>): Addend {
    const here = this.#nodes.get(node);
    if (here) return here.room;
    const there = others.get(node);
    if (there !== undefined) return there;
    return this.#add(
      this.#sumOf(2 * node, from, to, others),
      this.#sumOf(2 * node + 1, from, to, others),
      from,
      to,
    );
  }

  /** Of two rooms the first is kept, so the total ends in room 0. */
  #add(one: Addend, other: Addend, from: number, to: number): Addend {
    if (one === null || other === null) return one ?? other;
    if (typeof one === 'number' && typeof other === 'number') {
      const [room, freed] = [Math.min(one, other), Math.max(one, other)];
      const { kernels } = this.#space;
      kernels.moveSum(this.#address(room, from), this.#address(freed, from), to - from);
      this.#isTaken[freed] = false;
      return room;
    }
    if (typeof one === 'number') return this.#addFloats(one, other as Float32Array, from);
    if (typeof other === 'number') return this.#addFloats(other, one, from);
    const room = this.#takeRoom();
    this.#range(room, from, to).set(one);
    return this.#addFloats(room, other, from);
  }

  #addFloats(room: number, values: Float32Array, from: number): number {
    const { f32, kernels } = this.#space;
    const { piece } = this.#rooms;
    for (let k = 0; k < values.length; k += PIECE) {
      const count = Math.min(PIECE, values.length - k);
      f32.set(values.subarray(k, k + count), piece / 4);
      kernels.moveSum(this.#address(room, from + k), piece, count);
    }
    return room;
  }

  #takeRoom(): number {
    const room = this.#isTaken.indexOf(false);
    this.#isTaken[room] = true;
    return room;
  }

  #address(room: number, from: number): number {
    return this.#rooms.rooms[room]! + 4 * from;
  }

  #range(room: number, from: number, to: number): Float32Array {
    return this.#space.f32.subarray(this.#address(room, from) / 4, this.#address(room, to) / 4);
  }
}
