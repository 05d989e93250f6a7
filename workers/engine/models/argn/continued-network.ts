import { type ContinuedArgn, isCodedByValue } from './continued';
import type { EncodedTable } from './encode-table';
import type { ArgnConfiguration } from './family';
import { shiftOutputs } from './network/shift-outputs';
import { createLayout } from './network/weight-layout';
import type { Network } from './train-network';
import { freshState } from './training/kept-models';

/**
 * The network of a trained model, to be trained further: its weights with a fresh optimiser. What hides how many rows hold
 * each code was added to its outputs at the end, and would be added once more: of the same rows it is the same, and is taken
 * away first. Of other rows it is not known; the new rows outweigh it (docs/model.md, Continue).
 */
export function continuedNetwork(
  table: EncodedTable,
  configuration: ArgnConfiguration,
  base: ContinuedArgn,
): Network {
  const { learned, sameRows } = base;
  const { content, tensors } = learned;
  const { spec, orders, features, factors } = content;
  const weights = tensors.weights.slice();
  const counts = table.facts.map((facts) => facts.counts);
  if (sameRows) shiftOutputs(createLayout(spec), weights, counts, table.countNoise, -1);
  return {
    content: {
      ...{ configuration, spec, orders, features, factors },
      relations: table.relations,
      computed: table.computed,
      ties: table.ties,
      ...(isCodedByValue(base) && { codedByValue: true as const }),
    },
    initial: freshState(weights),
    continued: { untrainedLoss: counts.reduce((sum, of) => sum + entropyOf(of), 0) },
  };
}

/** Nats. */
function entropyOf(counts: ArrayLike<number>): number {
  let total = 0;
  for (let code = 0; code < counts.length; code++) total += counts[code]!;
  let entropy = 0;
  for (let code = 0; code < counts.length; code++) {
    const share = counts[code]! / total;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return entropy;
}
