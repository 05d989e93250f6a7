import { connect, expose } from '../../src/threads/rpc';
import { serveThread } from '../../src/threads/thread';
import type { FilesApi } from '../workspace/protocol';
import { Database } from './database';
import { openBrowserEngine } from './duckdb/browser-engine';
import type { DatabaseApi } from './protocol';

let opened: Database | null = null;
const ports: MessagePort[] = [];

function database(): Database {
  if (!opened) throw new Error('the database worker has not been opened');
  return opened;
}

const api: DatabaseApi = {
  async open({ storage, events }) {
    const sql = await openBrowserEngine();
    // Ports and proxies are kept for the life of the worker: a collected one never settles its calls.
    ports.push(storage, events);
    opened = new Database(sql, connect<FilesApi>(storage), (event) => events.postMessage(event));
  },
  addPeer(port) {
    ports.push(port);
    expose(database().peer, port);
  },
  sniff: (file, overrides) => database().sniff(file, overrides),
  importSource: (jobId, ids, file, overrides) => database().importSource(jobId, ids, file, overrides),
  preview: (tableId, offset, limit) => database().preview(tableId, offset, limit),
  async cancel(jobId) {
    database().cancel(jobId);
  },
  download: (jobId, tableId, options) => database().download(jobId, tableId, options),
  listTables: (file) => database().listTables(file),
  writeSqlite: (jobId, tableId, request) => database().writeSqlite(jobId, tableId, request),
  sqlMentions: (query, names) => database().sqlMentions(query, names),
  runSql: (jobId, query, tables) => database().runSql(jobId, query, tables),
  sqlFile: (jobId, options) => database().sqlFile(jobId, options),
  dropTable: (tableId) => database().dropTable(tableId),
  storedRows: (tableId) => database().storedRows(tableId),
  reopenDataset: (tableId, stored) => database().reopenDataset(tableId, stored),
};

serveThread(api);
