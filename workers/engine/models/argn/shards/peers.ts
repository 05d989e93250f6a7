/**
 * The exchange of partial gradients between workers that share the rows of a sub-column. Each adds up a range of the
 * gradient for all: it gets that range of what the others have, and they get its sum. Two workers both add up all of
 * it instead: as many numbers cross, in half as many messages.
 */
import { GRADIENT_STEP } from '../wasm/part-rooms';
import type { NodeSum, PartedGradient } from '../wasm/parted-gradient';

/** A port to one worker and the sub-columns shared with it. */
export interface Link {
  /** Number of that worker. */
  readonly worker: number;
  readonly port: MessagePort;
  readonly subColumns: readonly number[];
}

/** What one worker adds up of the receiver's range, per node that has rows, one after the other. */
interface Addends {
  readonly kind: 'addends';
  /** Steps of this model before it. */
  readonly step: number;
  readonly j: number;
  readonly nodes: readonly NodeSum[];
  /** Moved. */
  readonly values: Float32Array;
}

/** The sum of all over the sender's range. */
interface RangeSum {
  readonly kind: 'sum';
  readonly step: number;
  readonly j: number;
  /** Moved. */
  readonly values: Float32Array;
}

type Message = Addends | RangeSum;
type Arrived<M extends Message> = M & { readonly from: number };

/** Floats of the largest array that is made for less: they serve again. */
const LEAST = 4096;

export class Peers {
  readonly #me: number;
  readonly #links: readonly Link[];
  /** Some may be a step ahead. */
  #arrived: Arrived<Message>[] = [];
  #wake: () => void = () => undefined;
  /** Arrays that were sent here: megabytes made afresh each step would take longer than the sums. */
  readonly #spare: Float32Array[] = [];

  /** @param me number of this worker */
  constructor(me: number, links: readonly Link[]) {
    this.#me = me;
    this.#links = links;
    for (const { port, worker } of links) {
      port.onmessage = ({ data }: MessageEvent<Message>) => {
        this.#arrived.push({ ...data, from: worker });
        this.#wake();
      };
    }
  }

  /** Whether others have parts of sub-column j. */
  share(j: number): boolean {
    return this.#linksOf(j).length > 0;
  }

  /** Sends each of the others its range of what is added up here. */
  send(step: number, j: number, gradient: PartedGradient): void {
    const { nodes } = gradient;
    const withRows = nodes.filter(({ hasRows }) => hasRows).length;
    for (const { port, worker } of this.#linksOf(j)) {
      const [from, to] = this.#rangeOf(j, worker, gradient.floats);
      const values = this.#take(withRows * (to - from));
      gradient.copyNodes(from, to, values);
      post(port, { kind: 'addends', step, j, nodes, values });
    }
  }

  /**
   * Waits until the others' parts are there, adds this worker's range up and sends it to them.
   * @returns the losses of nodes that make up all parts
   */
  async addUp(step: number, j: number, gradient: PartedGradient): Promise<Map<number, number>> {
    const messages = await this.#awaitAll<Addends>('addends', step, j);
    const [from, to] = this.#rangeOf(j, this.#me, gradient.floats);
    const others = new Map<number, Float32Array | null>();
    const losses = new Map(gradient.nodes.map(({ node, loss }) => [node, loss]));
    for (const { nodes, values } of messages) {
      let next = 0;
      for (const { node, loss, hasRows } of nodes) {
        losses.set(node, loss);
        others.set(node, hasRows ? values.subarray(next, next + to - from) : null);
        if (hasRows) next += to - from;
      }
    }
    gradient.addUp(from, to, others);
    for (const { values } of messages) this.#spare.push(values);
    if (this.#isPair(j)) return losses;
    for (const { port } of this.#linksOf(j)) {
      const values = this.#take(to - from);
      gradient.copyTotal(from, to, values);
      post(port, { kind: 'sum', step, j, values });
    }
    return losses;
  }

  /** Waits for the others' ranges of the total. */
  async complete(step: number, j: number, gradient: PartedGradient): Promise<void> {
    if (this.#isPair(j)) return;
    for (const { from: worker, values } of await this.#awaitAll<RangeSum>('sum', step, j)) {
      gradient.writeTotal(this.#rangeOf(j, worker, gradient.floats)[0], values);
      this.#spare.push(values);
    }
  }

  close(): void {
    for (const { port } of this.#links) port.close();
  }

  #linksOf(j: number): Link[] {
    return this.#links.filter(({ subColumns }) => subColumns.includes(j));
  }

  /** Whether this worker and one other share sub-column j. */
  #isPair(j: number): boolean {
    return this.#linksOf(j).length === 1;
  }

  /** The floats that a worker adds up. */
  #rangeOf(j: number, worker: number, floats: number): [from: number, to: number] {
    if (this.#isPair(j)) return [0, floats];
    const sharers = [this.#me, ...this.#linksOf(j).map((link) => link.worker)].sort((a, b) => a - b);
    const place = sharers.indexOf(worker);
    const steps = floats / GRADIENT_STEP;
    const start = (of: number) => GRADIENT_STEP * Math.floor((steps * of) / sharers.length);
    return [start(place), start(place + 1)];
  }

  /** One message from each worker that shares j. */
  async #awaitAll<M extends Message>(kind: M['kind'], step: number, j: number): Promise<Arrived<M>[]> {
    const count = this.#linksOf(j).length;
    const isDue = (message: Message) => message.kind === kind && message.step === step && message.j === j;
    for (;;) {
      const due = this.#arrived.filter(isDue);
      if (due.length === count) {
        this.#arrived = this.#arrived.filter((message) => !isDue(message));
        return due as unknown as Arrived<M>[];
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #take(floats: number): Float32Array {
    const at = this.#spare.findIndex(({ buffer }) => buffer.byteLength >= 4 * floats);
    // One that is too small makes room for one that is not, so their number stays.
    const [spare] = this.#spare.splice(Math.max(0, at), 1);
    const bytes = 4 * LEAST * Math.max(1, Math.ceil(floats / LEAST));
    return new Float32Array(at < 0 ? new ArrayBuffer(bytes) : spare!.buffer, 0, floats);
  }
}

function post(port: MessagePort, message: Message): void {
  port.postMessage(message, [message.values.buffer]);
}
