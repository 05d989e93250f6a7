import { describe, expect, it } from 'vitest';
import { onlyTable } from '../domain/only-table';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();

async function trained() {
  const { client } = await openPage();
  const source = await client.sources.create({ name: 'people.csv', text: `id,a\n${'1,x\n'.repeat(10)}` });
  const { id } = client.generators.create(client.generators.propose(source.id).config);
  await client.generators.train(id);
  return { client, source, id };
}

describe('configurations for the MOSTLY AI SDK', () => {
  it('of a generator make one like it', async () => {
    const { client, source, id } = await trained();
    const { json, python, notes } = client.generators.sdkConfiguration(id);
    expect(json).toMatchObject({ tables: [{ primary_key: 'id', columns: [{ name: 'id' }, { name: 'a' }] }] });
    expect(python).toContain('pd.read_csv("people.csv")');
    expect(notes).toEqual(['Rare categories become invented values here and _RARE_ in the SDK.']);
    const copy = client.generators.createFrom(json, source.id);
    expect(copy.config).toEqual(client.generators.get(id).config);
  });

  it('of a generator read the version of its file that it was trained on', async () => {
    const { client, source, id } = await trained();
    const july = { name: 'july.csv', text: `id;a\n${'1;x\n'.repeat(10)}` };
    const newer = await client.sources.readVersion(source.id, july, { dialect: { delimiter: ';' } });
    await client.sources.addVersion(source.id, newer);
    const { python } = client.generators.sdkConfiguration(id);
    expect(python).toContain('pd.read_csv("people.csv")');
  });

  it('of a synthetic dataset make one like it, with another generator, too', async () => {
    const { client, id } = await trained();
    const rows = client.syntheticDatasets.propose(id);
    const dataset = client.syntheticDatasets.create({ ...rows, description: 'Ten', randomState: 3 });
    const { json, python } = client.syntheticDatasets.sdkConfiguration(dataset.id);
    expect(python).toContain('"random_state": 3,');
    for (const configuration of [json, JSON.stringify(client.syntheticDatasets.configuration(dataset.id))]) {
      const copy = client.syntheticDatasets.createFrom(configuration, id);
      expect(copy.config).toEqual(dataset.config);
      expect(copy.generationStatus).toBe('NEW');
    }
    const generator = client.generators.configuration(id);
    expect(() => client.syntheticDatasets.createFrom(generator, id)).toThrow(
      'describes no synthetic dataset',
    );
    expect(onlyTable(dataset.config).name).toBe('people');
  });
});
