import {
  assertReadable,
  assertWritable,
  type Connector,
  canBeWritten,
  checkConnector,
} from '../../domain/connectors';
import { errorText, isCanceled, UserError } from '../../domain/errors';
import { newId } from '../../domain/ids';
import { nameOfCopy } from '../../domain/naming';
import type { SourcesApi, SyntheticDatasetsApi } from '../api';
import type { ClientContext } from '../context';
import { copyFile } from '../copy-file';
import type { FileFetcher } from '../fetch-file';
import type { Handle } from '../handles';
import { importTable } from '../import-table';
import { runQuery } from '../run-query';
import { currentProjectId, inProject } from '../stock';
import { AddressConnection } from './address';
import { type Connection, unreachable } from './connection';
import type { ConnectorTarget, LoadedConnectors } from './connectors-api';
import { DatabaseConnection } from './database-file';
import { FolderConnection, notAllowed, reached, write } from './folder';
import { LoadedTables } from './loaded-tables';
import { askPermission, permissionOf } from './permission';
import { queryNamesOf } from './query-names';
import { writeToFolder, writeToSqlite } from './write-rows';

/** Rows of a preview where nothing else is said, at most those that are read without the rest of the file, and at most. */
const [PREVIEW_ROWS, HEAD_ROWS, MAX_ROWS] = [100, 200, 1_000];

/** What is done with saved connections. */
export function createConnectors(
  context: ClientContext,
  client: { readonly sources: SourcesApi; readonly syntheticDatasets: SyntheticDatasetsApi },
  fetcher: FileFetcher,
): LoadedConnectors {
  const { connectors, handles, keeper, workers } = context;
  const loaded = new LoadedTables(context);
  const addresses = new Map<string, { readonly of: string; readonly connection: AddressConnection }>();

  const listTables = async (file: File) => (await workers.database()).listTables(file);

  function handleOf({ id, name, type }: Connector): Handle {
    const handle = handles.get(id);
    if (handle) return handle;
    const what = type === 'FOLDER' ? 'folder' : 'file';
    throw unreachable(
      `No ${what} is chosen for “${name}” in this browser: a project's file holds none. Choose it on the page of the connector.`,
    );
  }

  async function fileOf(connector: Connector): Promise<File> {
    if (connector.file !== undefined) return (await workers.workspace()).read(connector.file);
    const handle = handleOf(connector) as FileSystemFileHandle;
    return reached(handle, () => handle.getFile());
  }

  function connect(connector: Connector): Connection {
    const { id, type, address = '', files = [] } = connector;
    if (type === 'FOLDER') return folderOf(connector);
    if (type !== 'ADDRESS') return new DatabaseConnection(type, () => fileOf(connector), listTables);
    // The last file that it fetched is asked for once.
    const of = JSON.stringify([address, files]);
    const known = addresses.get(id);
    if (known?.of === of) return known.connection;
    const connection = new AddressConnection(address, files, fetcher);
    addresses.set(id, { of, connection });
    return connection;
  }

  function folderOf(connector: Connector): FolderConnection {
    return new FolderConnection(handleOf(connector) as FileSystemDirectoryHandle);
  }

  /** Takes what a person chose: its name, or the copy that is kept of a file without lasting access. */
  async function take(
    type: Connector['type'],
    target: ConnectorTarget | undefined,
  ): Promise<{ readonly fields: Pick<Connector, 'at' | 'file'>; readonly handle?: Handle }> {
    if (!target) return { fields: {} };
    const isFolder = 'kind' in target && target.kind === 'directory';
    if (type === 'ADDRESS' || isFolder !== (type === 'FOLDER'))
      throw new UserError(
        'config/invalid',
        `A connector of the type ${type} leads to ${type === 'ADDRESS' ? 'an address' : type === 'FOLDER' ? 'a folder' : 'the file of a database'}. Choose one.`,
      );
    if ('kind' in target) return { fields: { at: target.name }, handle: target };
    return { fields: { at: target.name, file: await (await workers.workspace()).keep(target) } };
  }

  const api: LoadedConnectors = {
    async create(config, target) {
      const checked = checkConnector(config);
      if (checked.type !== 'ADDRESS' && !target)
        throw new UserError(
          'config/invalid',
          `Choose the ${checked.type === 'FOLDER' ? 'folder' : 'file'} that the connector leads to.`,
        );
      const { fields, handle } = await take(checked.type, target);
      const connector = connectors.put({
        ...{ id: newId(), ...checked, ...fields },
        ...inProject(currentProjectId(context)),
      });
      if (handle) handles.set(connector.id, handle);
      await keeper.flush().catch(() => undefined);
      return connector;
    },
    async update(id, change, target) {
      const before = connectors.get(id);
      const { projectId, at, file, id: _id, files, ...config } = before;
      const checked = checkConnector({ ...config, ...(files && { files: [...files] }), ...change });
      const { fields, handle } = await take(before.type, target);
      const now = target ? fields : { ...(at !== undefined && { at }), ...(file !== undefined && { file }) };
      connectors.put({ id, ...checked, ...now, ...inProject(projectId) });
      if (handle) handles.set(id, handle);
      else if (target) handles.delete(id);
      if (target) await loaded.forget(id);
      await keeper.flush().catch(() => undefined);
      return connectors.get(id);
    },
    async duplicate(id) {
      const { file, ...connector } = connectors.get(id);
      const kept = file === undefined ? {} : { file: await copyFile(workers, file) };
      const copy = connectors.put({ ...connector, ...kept, id: newId(), name: nameOfCopy(connector.name) });
      const handle = handles.get(id);
      if (handle) handles.set(copy.id, handle);
      await keeper.flush();
      return copy;
    },
    async delete(id) {
      connectors.delete(id);
      handles.delete(id);
      addresses.delete(id);
      await keeper.flush();
      await loaded.forget(id);
    },
    async state(id) {
      const { type, file, accessType } = connectors.get(id);
      if (type === 'ADDRESS' || file !== undefined) return 'ready';
      const handle = handles.get(id);
      return handle ? permissionOf(handle, accessType) : 'missing';
    },
    async allow(id) {
      const connector = connectors.get(id);
      return askPermission(handleOf(connector), connector.accessType);
    },
    async test(id, { signal } = {}) {
      const connector = connectors.get(id);
      try {
        if ((await api.state(id)) === 'ask') throw notAllowed(handleOf(connector));
        const found = await connect(connector).test(signal);
        const isWritten = connector.accessType !== 'READ_DATA' && canBeWritten(connector.type);
        return { ok: true, sentence: `${found}${isWritten ? '' : ' It is only read.'}` };
      } catch (error) {
        if (isCanceled(error)) throw error;
        return { ok: false, sentence: errorText(error) };
      }
    },
    locations: async (id, prefix = '', { signal } = {}) =>
      connect(connectors.get(id)).locations(prefix, signal),
    async schema(id, location, { signal } = {}) {
      const { file, dialect } = await connect(connectors.get(id)).open(location, signal);
      const { columns } = await (await workers.database()).sniff(file, dialect);
      return columns.map(({ name, storageType }) => ({ name, type: storageType }));
    },
    async readData(id, location, { limit = PREVIEW_ROWS, signal } = {}) {
      const connector = connectors.get(id);
      assertReadable(connector);
      const opened = await connect(connector).open(location, signal);
      const database = await workers.database();
      if (limit <= HEAD_ROWS) {
        const { preview } = await database.sniff(opened.file, opened.dialect);
        const rows = preview.rows.slice(0, Math.max(0, limit));
        return { ...preview, rows, rowCount: rows.length };
      }
      const tableId = await loaded.load(id, location, opened, signal);
      const preview = await database.preview(tableId, 0, Math.min(limit, MAX_ROWS));
      return { ...preview, rowCount: preview.rows.length };
    },
    async queryNames(id, { signal } = {}) {
      return queryNamesOf(await connect(connectors.get(id)).tables(signal));
    },
    async query(id, query, { signal } = {}) {
      const connector = connectors.get(id);
      assertReadable(connector);
      const connection = connect(connector);
      const tables = queryNamesOf(await connection.tables(signal)).map(({ name, location }) => ({
        name,
        load: async () => loaded.load(id, location, await connection.open(location, signal), signal),
      }));
      return runQuery(workers, query, tables, signal).finally(() => loaded.trim());
    },
    async toSource(id, location, { dialect, ...options } = {}) {
      const connector = connectors.get(id);
      assertReadable(connector);
      const opened = await connect(connector).open(location, options.signal);
      const source = await importTable(
        context,
        { sourceId: newId(), tableId: newId() },
        opened.file,
        { ...options, dialect: { ...opened.dialect, ...dialect } },
        {
          ...{ dataSource: 'Connector', origin: `${connector.name}: ${location}`, importedAt: Date.now() },
          from: { connectorId: id, location },
        },
      );
      // The tables of a database have its file in common.
      return opened.dialect.table === undefined
        ? source
        : client.sources.rename(source.id, { name: location });
    },
    async toVersion(id, sourceId, location, options = {}) {
      const connector = connectors.get(id);
      assertReadable(connector);
      const { from, dialect } = client.sources.get(sourceId);
      const at = location ?? (from?.connectorId === id ? from.location : undefined);
      if (at === undefined)
        throw new UserError(
          'config/invalid',
          'This source did not come from the connector. Name a location.',
        );
      const opened = await connect(connector).open(at, options.signal);
      return client.sources.readVersion(sourceId, opened.file, {
        ...options,
        // Of a database, the table is chosen whatever the version before was.
        ...(opened.dialect.table !== undefined && { dialect: { ...dialect, ...opened.dialect } }),
      });
    },
    async writeData(id, datasetId, location, options = {}) {
      const connector = connectors.get(id);
      assertWritable(connector);
      if (connector.type === 'FOLDER')
        return writeToFolder(
          context,
          client.syntheticDatasets,
          folderOf(connector),
          datasetId,
          location,
          options,
        );
      const database = {
        file: () => fileOf(connectors.get(id)),
        put: async (written: string, file: File) => {
          if (connector.file !== undefined) {
            // The workspace removes the one before, as nothing names it any longer.
            connectors.patch(id, { file: written });
            // What could not be written is told, and tried again.
            await keeper.flush().catch(() => undefined);
            return;
          }
          const handle = handleOf(connector) as FileSystemFileHandle;
          await reached(handle, () => write(handle, [file], undefined, options.signal));
          await (await workers.workspace()).remove(written);
        },
      };
      const done = await writeToSqlite(context, database, datasetId, location, options);
      await loaded.forget(id);
      return done;
    },
  };
  return api;
}
