import { describe, expect, it } from 'vitest';
import type { Job } from '../domain/job';
import { onlyTable } from '../domain/only-table';
import type { Rule } from '../domain/rules';
import { clientOfEachTest, failed, settle } from './testing/client-of-each-test';

const app = clientOfEachTest();

describe('the search for rules', () => {
  const order: Rule = { kind: 'inequality', low: 'a', high: 'b', strict: false };

  it('gives the rules of the configuration, or of others, and waits for no training', async () => {
    const { id } = await app.generatorOf();
    app.workers.rules = [order];
    const release = app.workers.hold('train');
    const training = app.client.generators.train((await app.generatorOf()).id);
    const jobs: Job[] = [];
    const found = await app.client.generators.findRules(id, { onProgress: (job) => jobs.push(job) });
    expect(found).toMatchObject([{ rule: order, source: 'found', state: 'kept' }]);
    expect(jobs.at(-1)).toMatchObject({ kind: 'rules', status: 'DONE', resource: { id } });
    const rules = { find: false, off: [], added: [order] };
    expect(await app.client.generators.findRules(id, { rules })).toMatchObject([{ source: 'added' }]);
    release();
    await training;
  });

  it('ends when it is cancelled, or its generator deleted, and leaves the generator as it was', async () => {
    const { id } = await app.generatorOf();
    app.workers.hold('rules');
    const controller = new AbortController();
    const searching = failed(app.client.generators.findRules(id, { signal: controller.signal }));
    await settle();
    controller.abort();
    expect(await searching).toMatchObject({ code: 'canceled' });
    expect(app.trainingStatus(id)).toBe('NEW');
    const other = failed(app.client.generators.findRules(id));
    await settle();
    await app.client.generators.delete(id);
    expect(await other).toMatchObject({ code: 'canceled' });
  });

  it('refuses rules that name a column the table lacks', async () => {
    const { id, config } = await app.generatorOf();
    const rules = { find: true, off: [], added: [{ ...order, low: 'nowhere' }] };
    expect(await failed(app.client.generators.findRules(id, { rules }))).toMatchObject({
      code: 'config/invalid',
      message: expect.stringContaining('“nowhere”'),
    });
    const tables = [{ ...onlyTable(config), rules }];
    expect(() => app.client.generators.update(id, { ...config, tables })).toThrow('“nowhere”');
  });
});
