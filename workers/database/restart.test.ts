import { expect, it } from 'vitest';
import { Database } from './database';
import type { RenewableEngine } from './duckdb/renewed-engine';
import type { SqlEngine } from './duckdb/sql';
import type { DatabaseEvent } from './protocol';
import { sharedEngine } from './testing/shared-engine';

/** An engine that a test empties, as a restart does, and lets fill again. */
async function open() {
  const sql = await sharedEngine();
  let fill: (direct: SqlEngine) => Promise<void> = async () => undefined;
  let count = 0;
  const restarts = {
    count: () => count,
    onRestart: (next: typeof fill) => {
      fill = next;
    },
  };
  const names = new Set<string>();
  const query = (text: string) => {
    const [, name] = /CREATE (?:OR REPLACE )?TABLE (\w+)/.exec(text) ?? [];
    if (name) names.add(name);
    return sql.query(text);
  };
  const events: DatabaseEvent[] = [];
  const engine: RenewableEngine = { ...sql, query, restarts };
  const database = new Database(engine, {} as never, (event) => events.push(event));
  const restart = async () => {
    count++;
    for (const name of names) await sql.query(`DROP TABLE IF EXISTS ${name}`);
    await fill(sql);
  };
  return { database, events, restart };
}

const idsOf = (name: string) => ({ sourceId: `source of ${name}`, tableId: name });
const job = (n: number) => `restart ${n}`;

it('reads the tables of sources again, under their names', async () => {
  const { database, events, restart } = await open();
  const text = 'id,city\n1,Rome\n2,Oslo\n3,Bern\n';
  await database.importSource(job(1), idsOf('cities'), new File([text], 'cities.csv'), {});
  await database.importSource(job(2), idsOf('gone'), new File([text], 'gone.csv'), {});
  const before = await database.preview('cities', 0, 10);
  await database.dropTable('gone');
  await restart();
  expect(await database.preview('cities', 0, 10)).toEqual(before);
  expect(events.filter(({ type }) => type === 'tables-lost')).toEqual([]);
  await database.dropTable('cities');
});

it('says of a table whose file has changed that it is gone', async () => {
  const { database, events, restart } = await open();
  const file = new File(['id,city\n1,Rome\n2,Oslo\n'], 'cities.csv');
  await database.importSource(job(3), idsOf('changed'), file, {});
  const refuse = () => {
    throw new DOMException('The file has changed.', 'NotReadableError');
  };
  for (const call of ['slice', 'stream', 'arrayBuffer']) Object.defineProperty(file, call, { value: refuse });
  await restart();
  expect(events.filter(({ type }) => type === 'tables-lost')).toEqual([
    { type: 'tables-lost', tableIds: ['changed'] },
  ]);
  expect(await database.preview('changed', 0, 1).catch((error) => error.code)).toBe('not-found');
});
