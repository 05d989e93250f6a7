import { describe, expect, it } from 'vitest';
import { clientOfEachTest, failed } from './testing/client-of-each-test';
import { FakeFolder } from './testing/fake-folder';

const given = clientOfEachTest();
const TEXT = 'id,a,b\n1,x,y\n';

async function connected(files: Readonly<Record<string, string>> = { 'people.csv': TEXT }) {
  const folder = await new FakeFolder('Data').with(files);
  const connector = await given.client.connectors.create({ name: 'Data', type: 'FOLDER' }, folder.handle);
  return { folder, id: connector.id };
}

async function rows() {
  const { id } = given.datasetOf((await given.trained()).id, { enableDataReport: false });
  await given.client.syntheticDatasets.generate(id);
  return id;
}

describe('connectors', () => {
  it('need what they lead to', async () => {
    const { connectors } = given.client;
    expect((await failed(connectors.create({ name: 'c', type: 'FOLDER' })))?.message).toContain(
      'Choose the folder',
    );
    const file = new File(['x'], 'x.db');
    expect((await failed(connectors.create({ name: 'c', type: 'FOLDER' }, file)))?.code).toBe(
      'config/invalid',
    );
    expect(connectors.list()).toEqual([]);
  });

  it('are in a project, listed, renamed and duplicated', async () => {
    const { connectors, projects } = given.client;
    const other = projects.create({ name: 'Other' });
    projects.switchTo(other.id);
    const { id } = await connected();
    connectors.rename(id, { name: 'Exports', description: 'Of the census' });
    const copy = await connectors.duplicate(id);
    expect(await connectors.overview({ text: 'census', project: 'current', sort: 'name' })).toMatchObject([
      { name: 'Copy of Exports', type: 'FOLDER', access: 'WRITE_DATA', project: 'Other' },
      { name: 'Exports' },
    ]);
    expect(await connectors.locations(copy.id)).toHaveLength(1);
    const twice = await projects.duplicate(other.id);
    const [first] = connectors.list({ project: twice.id });
    expect(await connectors.locations(first!.id)).toHaveLength(1);
  });

  it('come with a project’s file without the folder that they lead to', async () => {
    const { connectors, projects } = given.client;
    await connected();
    const again = await projects.import(await projects.export('first'));
    const [copy] = connectors.list({ project: again.id });
    expect(copy).toMatchObject({ name: 'Data', at: 'Data' });
    expect(await connectors.state(copy!.id)).toBe('missing');
    expect(await connectors.test(copy!.id)).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('No folder is chosen'),
    });
  });

  it('give sources, and newer versions of them', async () => {
    const { connectors, sources } = given.client;
    const { folder, id } = await connected();
    const source = await connectors.toSource(id, 'people.csv');
    expect(source).toMatchObject({ dataSource: 'Connector', origin: 'Data: people.csv' });
    await folder.with({ 'people.csv': `${TEXT}2,x,y\n` });
    const newer = await connectors.toVersion(id, source.id);
    await sources.addVersion(source.id, newer);
    expect(sources.versions(source.id)).toHaveLength(2);
    expect(given.client.projects.previewDelete([{ kind: 'connector', id }])).toMatchObject({
      gone: [{ kind: 'connector', name: 'Data' }],
      stays: [{ kind: 'source', id: source.id }],
    });
    await connectors.delete(id);
    expect((await failed(connectors.toVersion(id, source.id)))?.code).toBe('not-found');
    expect(sources.get(source.id).from).toEqual({ connectorId: id, location: 'people.csv' });
  });

  it('are queried by the names of their files', async () => {
    const { connectors } = given.client;
    const { id } = await connected({ 'people.csv': TEXT, 'old/shops.csv': TEXT });
    expect((await connectors.queryNames(id)).map(({ name }) => name)).toEqual([
      ...['shops', 'people', 'old/shops.csv', 'people.csv'],
    ]);
    const before = given.workers.calls.length;
    expect((await connectors.query(id, 'SELECT * FROM shops')).rows).toEqual([['shops']]);
    await connectors.query(id, 'SELECT * FROM shops');
    // Read once, as the file is the same.
    expect(given.workers.calls.slice(before).map((call) => call.split(' ')[0])).toEqual([
      'import',
      'sql',
      'sql',
    ]);
  });

  it('refuse what is protected', async () => {
    const { connectors } = given.client;
    const { id } = await connected();
    const dataset = await rows();
    await connectors.update(id, { accessType: 'READ_PROTECTED' });
    for (const reading of [
      connectors.readData(id, 'people.csv'),
      connectors.query(id, 'SELECT 1'),
      connectors.toSource(id, 'people.csv'),
    ])
      expect((await failed(reading))?.code).toBe('connector/refused');
    expect(await connectors.schema(id, 'people.csv')).toEqual([]);
    await connectors.writeData(id, dataset, 'made.csv');
    await connectors.update(id, { accessType: 'READ_DATA' });
    expect((await failed(connectors.writeData(id, dataset, 'made.csv')))?.code).toBe('connector/refused');
  });

  it('take rows where nothing is, or in its stead', async () => {
    const { connectors } = given.client;
    const { folder, id } = await connected();
    const dataset = await rows();
    const refused = await failed(connectors.writeData(id, dataset, 'people.csv'));
    expect(refused).toMatchObject({
      code: 'connector/exists',
      message: expect.stringContaining('nothing was changed'),
    });
    const parquet = connectors.writeData(id, dataset, 'x/people.parquet', { ifExists: 'APPEND' });
    expect(await parquet).toMatchObject({ location: 'x/people.parquet', rows: 10 });
    expect(
      (await failed(connectors.writeData(id, dataset, 'x/people.parquet', { ifExists: 'APPEND' })))?.message,
    ).toContain('cannot be appended to Parquet');
    expect((await failed(connectors.writeData(id, dataset, 'people.doc')))?.code).toBe('config/invalid');
    const text = async () => (await (await folder.getFileHandle('people.csv')).getFile()).text();
    expect(await text()).toBe(TEXT);
    await connectors.writeData(id, dataset, 'people.csv', { ifExists: 'REPLACE' });
    expect(await text()).not.toBe(TEXT);
  });
});
