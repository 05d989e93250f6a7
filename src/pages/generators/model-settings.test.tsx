import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import type * as Catalogue from '../../../workers/engine/models/catalogue';
import { GeneratorConfig } from '../../domain/generators';
import type { ModelId } from '../../domain/model-configuration';
import { fromDraft, type GeneratorDraft, switchModel, toDraft } from './generator-draft';
import { ModelSettings } from './model-settings';

vi.mock('../../../workers/engine/models/catalogue', async (original) => ({
  ...(await original<typeof Catalogue>()),
  ...(await import('../../../workers/engine/models/testing/toy/family')),
}));

const CONFIG = GeneratorConfig.parse({
  name: 'g',
  tables: [
    { name: 't', sourceId: 's', tableId: 't', columns: [], tabularModelConfiguration: { maxSampleSize: 90 } },
  ],
});
const DRAFT = toDraft(CONFIG, []);
const html = (draft: GeneratorDraft) =>
  renderToStaticMarkup(<ModelSettings draft={draft} otherSources={[]} onChange={() => {}} />);

describe('the choice of a model', () => {
  it('offers every family and shows the settings of the chosen one', () => {
    const argn = html(DRAFT);
    expect(argn).toMatch(/<option value="argn" selected="">TabularARGN<.*<option value="toy">Toy</);
    expect(argn).toContain('Epochs at most');
    const other = html(switchModel(DRAFT, 'toy' as ModelId));
    expect(other).toContain('<option value="toy" selected="">Toy</option>');
    expect(other).toContain('Learns each column by itself.');
    expect(other).toContain('Bins per column.');
    expect(other).not.toContain('Epochs at most');
    expect(other).toContain('Random seed');
  });

  it('keeps what every model has and gives the rest its defaults', () => {
    const draft = switchModel(DRAFT, 'toy' as ModelId);
    const table = fromDraft(draft, CONFIG)!.tables[0]!;
    expect(table.tabularModelConfiguration).toMatchObject({ model: 'toy', bins: 4, maxSampleSize: 90 });
    expect(table.tabularModelConfiguration).not.toHaveProperty('maxEpochs');
    const wrong = { ...draft, settings: { ...draft.settings, bins: '1' } };
    expect(fromDraft(wrong, CONFIG)).toBeNull();
    expect(fromDraft(switchModel(wrong, 'argn'), CONFIG)).toEqual(CONFIG);
  });
});
