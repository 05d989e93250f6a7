import type { RandomBits } from '../../../privacy/dp/random-bits';
import { type CanaryScore, UNWATCHED } from '../../testing/canary-audit';
import { MarginalsConfiguration } from '../family';
import type { LearnedMarginals } from '../learned-marginals';
import { MarginalsModel } from '../model';

/** What the row adds to its categories, against the others: their sum is the noisier number of all rows. */
export function marginalsScore(settings: object, bits: (training: number) => RandomBits): CanaryScore {
  const configuration = MarginalsConfiguration.parse({ model: 'marginals', ...settings });
  return async (table, training) => {
    const model = new MarginalsModel(() => bits(training));
    const encoded = await model.encode(table, configuration, UNWATCHED);
    const { content } = (await model.train(encoded, configuration, UNWATCHED)).learned;
    const differences = (content as LearnedMarginals).columns.map(({ domain, counts }) => {
      const at = domain.kind === 'category' ? 2 + domain.values.indexOf('yes') : 2;
      return 2 * (counts[at] ?? 0) - counts.reduce((sum, count) => sum + count, 0);
    });
    return differences.reduce((sum, difference) => sum + difference, 0);
  };
}
