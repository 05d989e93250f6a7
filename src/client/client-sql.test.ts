import { describe, expect, it } from 'vitest';
import { clientOfEachTest, failed } from './testing/client-of-each-test';

const given = clientOfEachTest();

describe('sql', () => {
  it('lists the tables of the project under distinct names', async () => {
    const first = await given.bringIn('people');
    await given.bringIn('People');
    const { id } = given.datasetOf((await given.trained(first)).id);
    await given.client.syntheticDatasets.generate(id);
    const tables = given.client.sql.tables();
    expect(tables.map(({ name, kind }) => [name, kind])).toEqual([
      ['people', 'source'],
      ['People_2', 'source'],
      ['people_3', 'synthetic-dataset'],
    ]);
    expect(tables[0]!.columns.map(({ name }) => name)).toEqual(['id', 'a', 'b']);
    const other = given.client.projects.create({ name: 'Other' });
    given.client.projects.switchTo(other.id);
    expect(given.client.sql.tables()).toEqual([]);
  });

  it('asks for the tables that are mentioned, and only those', async () => {
    await given.bringIn('people');
    await given.bringIn('shops');
    expect((await given.client.sql('SELECT * FROM people')).rows).toEqual([['people']]);
  });

  it('does not ask once it is cancelled', async () => {
    await given.bringIn('people');
    const signal = AbortSignal.abort();
    expect((await failed(given.client.sql('SELECT * FROM people', { signal })))?.code).toBe('canceled');
    expect(given.workers.calls).not.toContain('sql SELECT * FROM people');
  });

  it('says what the format of a file could not hold', async () => {
    given.workers.notes = ['Two texts were cut.'];
    const told: (readonly string[])[] = [];
    await given.client.sql.file('xlsx', { onLacks: (sentences) => told.push(sentences) });
    given.workers.notes = [];
    await given.client.sql.file('csv', { onLacks: (sentences) => told.push(sentences) });
    expect(told).toEqual([['Two texts were cut.']]);
  });

  it('makes a source of the result', async () => {
    const source = await given.client.sql.toSource('counted');
    expect(source.name).toBe('counted.parquet');
    expect(await (await given.client.sql.file('csv')).text()).toBe('a\n1\n');
  });
});
