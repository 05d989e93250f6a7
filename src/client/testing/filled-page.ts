/** A page with one of each resource that is made, for tests. */
import type { DoppelgridClient } from '../api';

/** A source, a trained generator and a synthetic dataset with its report. */
export async function fillPage({ client }: { client: DoppelgridClient }) {
  const source = await client.sources.create({ name: 'people.csv', text: `id,a\n${'1,x\n'.repeat(10)}` });
  const { id } = client.generators.create(client.generators.propose(source.id).config);
  const generator = await client.generators.train(id);
  const { id: datasetId } = client.syntheticDatasets.create(client.syntheticDatasets.propose(id));
  const dataset = await client.syntheticDatasets.generate(datasetId);
  await client.workspace.flush();
  return { source, generator, dataset };
}
