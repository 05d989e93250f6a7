import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { GeneratorConfig } from '../../../src/domain/generators';
import { ALL_ROWS } from '../../../src/domain/split';
import { SyntheticTableConfiguration } from '../../../src/domain/synthetic-datasets';
import { toDraft } from '../../../src/pages/generators/generator-draft';
import { ModelSettings } from '../../../src/pages/generators/model-settings';
import { mixedTable } from '../../quality/testing/make-columns';
import { reportOn } from '../../quality/testing/report-on';
import { EngineService } from '../engine-service';
import type { EngineEvent } from '../protocol';
import { MemoryDatabase } from '../testing/memory-database';
import { trainRequest } from '../testing/train-request';
import type * as Catalogue from './catalogue';
import { createModel } from './testing/toy/model';

// The one line that a new family needs outside its folder.
vi.mock('./catalogue', async (original) => ({
  ...(await original<typeof Catalogue>()),
  ...(await import('./testing/toy/family')),
}));

const TABLE = mixedTable(1200, 1);

it('a family that is a folder and a line of the catalogue trains, generates, probes, reports and shows its form', async () => {
  const events: EngineEvent[] = [];
  const database = new MemoryDatabase({ source: TABLE });
  const engine = new EngineService(async (id) => {
    expect(id).toBe('toy');
    return createModel();
  });
  engine.attach(database, (event) => events.push(event));
  const request = trainRequest(TABLE, { configuration: { model: 'toy', bins: 3 } });
  const { summary } = await engine.train('training', request);
  expect(summary).toMatchObject({ stoppedBy: 'completed', passes: null, rows: { training: 1080 } });
  expect(events.filter(({ type }) => type === 'sample')).toHaveLength(1);
  expect(events.findLast((event) => event.type === 'step')?.step).toMatchObject({
    code: 'TRAIN_MODEL',
    status: 'DONE',
  });

  const configuration = SyntheticTableConfiguration.parse({});
  const probe = { modelId: 'model', rows: 20, randomState: 1, configuration };
  expect((await engine.probe('probe', probe)).rows).toHaveLength(20);
  const stored = await engine.exportModel('model');
  await engine.importModel('copy', stored);
  await engine.generate('generation', {
    modelId: 'copy',
    tableId: 'synthetic',
    fileName: 'synthetic.parquet',
    rows: 1000,
    randomState: 2,
    configuration,
  });
  const { columns, blocks } = database.datasets.get('synthetic')!;
  const synthetic = columns.map((schema, c) => ({ ...schema, data: blocks[0]![c]! }));

  const rows = { ...ALL_ROWS, part: 'training', seed: 1, validationShare: 0.2 } as const;
  const training = { tableId: 'training', rows };
  const report = await reportOn({ training: TABLE, synthetic }, { training, original: 'training' });
  expect(report.metrics.accuracy.univariate!).toBeGreaterThan(0.9);

  const draft = toDraft(
    GeneratorConfig.parse({
      name: 'g',
      tables: [
        { name: 't', sourceId: 's', tableId: 't', columns: [], tabularModelConfiguration: { model: 'toy' } },
      ],
    }),
    [],
  );
  const form = renderToStaticMarkup(
    createElement(ModelSettings, { draft, otherSources: [], onChange: () => {} }),
  );
  expect(form).toContain('Bins per column.');
});
