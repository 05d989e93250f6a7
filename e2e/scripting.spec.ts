import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Job } from '../src/domain/job';
import type { CheckResult } from '../src/domain/recipe-checks';
import { expect, testOnOnePage as test, test as testOnItsPage } from './app';
import { peopleTable, wideTable } from './tables';

/** The scripts of a page of the documentation, one after the other. */
function scriptsOf(page: string): string {
  const text = readFileSync(fileURLToPath(new URL(`../${page}`, import.meta.url)), 'utf8');
  return [...text.matchAll(/^```js\n(.*?)^```/gms)].map(([, script]) => script).join('\n');
}

// What it counts is all there is.
testOnItsPage('the examples of the documentation run', async ({ page, home: _ }) => {
  await page.evaluate(`(async () => {${scriptsOf('README.md')}})()`);
  const { checks, code, bytes } = await page.evaluate<{ checks: CheckResult[]; code: string; bytes: number }>(
    `(async () => {${scriptsOf('docs/scripting.md')}
      return { checks: run.checks, code: refused.code, bytes: file.size };
    })()`,
  );
  expect(checks.map(({ check }) => check)).toEqual(['minAccuracy', 'minRulesKept']);
  expect(code).toBe('canceled');
  expect(bytes).toBeGreaterThan(1_000);
  const made = await page.evaluate(() => {
    const { generators, recipes, reports } = window.doppelgrid;
    const [{ metrics }] = reports.list() as [ReturnType<typeof reports.get>];
    return {
      accuracy: metrics.accuracy.overall,
      generators: generators.list().length,
      recipes: recipes.list().length,
    };
  });
  expect(made.accuracy).toBeGreaterThan(0.5);
  expect([made.generators, made.recipes]).toEqual([6, 1]);
});

test('the same data, configuration, protection key and seeds give the same bytes', async ({
  page,
  home: _,
}) => {
  const hashOf = async (seed: number, key: string) => {
    const bytes = await page.evaluate(
      async ({ text, randomState, protectionKey }) => {
        const { sources, generators, syntheticDatasets } = window.doppelgrid;
        const source = await sources.create({ name: 'people.csv', text });
        const { config } = generators.propose(source.id);
        Object.assign(config.tables[0]!.tabularModelConfiguration, { maxEpochs: 3 });
        const generator = await generators.train(
          generators.create({ ...config, randomState }, { protectionKey }).id,
        );
        const rows = { ...syntheticDatasets.propose(generator.id), randomState };
        rows.tables[0]!.configuration.enableDataReport = false;
        const dataset = await syntheticDatasets.generate(syntheticDatasets.create(rows).id);
        const file = await syntheticDatasets.download(dataset.id, 'parquet');
        return [...new Uint8Array(await file.arrayBuffer())];
      },
      { text: String(peopleTable().content), randomState: seed, protectionKey: key.repeat(32) },
    );
    return createHash('sha256').update(Buffer.from(bytes)).digest('hex');
  };
  const first = await hashOf(1, 'a1');
  expect(await hashOf(1, 'a1')).toBe(first);
  expect(await hashOf(2, 'a1')).not.toBe(first);
  expect(await hashOf(1, 'b2')).not.toBe(first);
});

test('an aborted call says so and leaves what was there', async ({ page, home: _ }) => {
  const outcome = await page.evaluate(
    async (text) => {
      const { sources, generators } = window.doppelgrid;
      const source = await sources.create({ name: 'people.csv', text });
      const generator = generators.create(generators.propose(source.id).config);
      const controller = new AbortController();
      const training = generators.train(generator.id, {
        signal: controller.signal,
        onMessage: () => controller.abort(),
      });
      const error = await training.catch((reason: unknown) => reason as { code: string; name: string });
      const hasSource = sources.list().some(({ id }) => id === source.id);
      return { code: 'code' in error ? error.code : null, hasSource };
    },
    String(peopleTable(3000).content),
  );
  expect(outcome).toEqual({ code: 'canceled', hasSource: true });
});

test('a job says by name what it is busy with', async ({ page, home: _ }) => {
  const busy = await page.evaluate(
    async (text) => {
      const { sources, generators } = window.doppelgrid;
      const busy: { readonly name: string; readonly max: number | null }[] = [];
      const controller = new AbortController();
      const onProgress = ({ steps }: Job) => {
        for (const { status, phase, code, max } of steps) {
          if (status === 'IN_PROGRESS') busy.push({ name: phase ?? code, max });
          if (phase === 'CHOOSE_INPUTS' && max !== null) controller.abort();
        }
      };
      const source = await sources.create({ name: 'wide.csv', text }, { onProgress });
      const generator = generators.create(generators.propose(source.id).config);
      await generators.train(generator.id, { onProgress, signal: controller.signal }).catch(() => undefined);
      return busy;
    },
    wideTable(150, 3_000),
  );
  expect(busy[0]!.name).toBe('START_WORKER');
  const names = new Set(busy.map(({ name }) => name));
  expect([...names]).toEqual(expect.arrayContaining(['IMPORT_DATA', 'PULL_TRAINING_DATA', 'CHOOSE_INPUTS']));
  expect(busy).toContainEqual({ name: 'CHOOSE_INPUTS', max: expect.any(Number) });
});
