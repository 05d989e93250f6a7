import { answerPing } from '../../../src/threads/helper';
import { transfer } from '../../../src/threads/rpc';
import { nearestOfPlaces } from './nearest';
import type { PointTrees, SearchApi, SearchRange } from './search-protocol';

/** Searches closest records for the quality worker. */
export class Searcher implements SearchApi {
  #trees: PointTrees | null = null;

  ping(lifeline: string | null): Promise<boolean> {
    return answerPing(lifeline);
  }

  async open(trees: PointTrees): Promise<void> {
    this.#trees = trees;
  }

  async search({ queries, tree, from, to }: SearchRange): Promise<Float64Array> {
    const [asking, asked] = [this.#trees?.[queries], this.#trees?.[tree]];
    if (!asking || !asked) throw new Error('A search was asked for before its points were there.');
    const distances = nearestOfPlaces(asking, asked, from, to);
    return transfer(distances, [distances.buffer]);
  }
}
