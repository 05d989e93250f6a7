/** The exchange of partial gradients between workers that share the rows of a sub-column. */
import type { PartialGradient } from '../wasm/row-parts';
import type { SharedGradients } from '../wasm/train-steps';

/** A port to one worker and the sub-columns shared with it. */
export interface Link {
  readonly port: MessagePort;
  readonly subColumns: readonly number[];
}

/** Sums of one worker over its parts of the rows of a sub-column in one step. */
interface Message {
  /** Steps of this model before it. */
  readonly step: number;
  readonly j: number;
  readonly nodes: readonly (readonly [node: number, gradient: PartialGradient])[];
}

export class Peers {
  readonly #links: readonly Link[];
  /** Some may be a step ahead. */
  #arrived: Message[] = [];
  #wake: () => void = () => undefined;

  constructor(links: readonly Link[]) {
    this.#links = links;
    for (const { port } of links) {
      port.onmessage = ({ data }: MessageEvent<Message>) => {
        this.#arrived.push(data);
        this.#wake();
      };
    }
  }

  /** Sends everyone else what is added up here. */
  send(step: number, shared: SharedGradients): void {
    for (const { port, subColumns } of this.#links) {
      for (const j of subColumns)
        port.postMessage({ step, j, nodes: shared.get(j)!.nodes() } satisfies Message);
    }
  }

  /** Waits until the others' sums of the step complete these. */
  async complete(step: number, shared: SharedGradients): Promise<void> {
    for (;;) {
      const due = this.#arrived.filter((message) => message.step === step);
      this.#arrived = this.#arrived.filter((message) => message.step !== step);
      for (const { j, nodes } of due) {
        for (const [node, gradient] of nodes) shared.get(j)!.add(node, gradient);
      }
      if ([...shared.values()].every((tree) => tree.total)) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    for (const { port } of this.#links) port.close();
  }
}
