import { describe, expect, it } from 'vitest';
import { GeneratorConfig } from '../../domain/generators';
import type { SettingsDraft } from '../settings-draft';
import { fromDraft, toDraft } from './generator-draft';

const CONFIG = GeneratorConfig.parse({
  name: 'people',
  randomState: 7,
  tables: [
    {
      name: 'people',
      sourceId: 'source-1',
      tableId: 'table-1',
      primaryKey: 'id',
      columns: [
        { name: 'id' },
        { name: 'age', modelEncodingType: 'TABULAR_NUMERIC_BINNED' },
        { name: 'city', included: false },
      ],
      tabularModelConfiguration: { maxEpochs: 12.5, batchSize: 256 },
    },
  ],
});
const NAMES = ['id', 'age', 'city'];

describe('the form of a generator', () => {
  it('survives a round trip', () => {
    expect(fromDraft(toDraft(CONFIG, NAMES), CONFIG)).toEqual(CONFIG);
  });
  it('keeps settings by name when the source was read again', () => {
    const draft = toDraft(CONFIG, ['age', 'country']);
    expect(draft.columns).toEqual([
      { name: 'age', included: true, modelEncodingType: 'TABULAR_NUMERIC_BINNED' },
      { name: 'country', included: true, modelEncodingType: 'AUTO' },
    ]);
    expect(draft.primaryKey).toBeNull();
  });
  it.each([null, [], ['id', 'age'], ['id']].map((declared) => [declared] as const))(
    'keeps whose rows are whose as declared by %j when a column has vanished',
    (declared) => {
      const [table] = CONFIG.tables;
      const config = { ...CONFIG, tables: [{ ...table!, subjectColumns: declared && [...declared] }] };
      expect(toDraft(config, ['age', 'city']).subjectColumns).toEqual(declared);
    },
  );
  it('reads an empty batch size as automatic and refuses what is out of range', () => {
    const draft = toDraft(CONFIG, NAMES);
    const edited = (settings: SettingsDraft) =>
      fromDraft({ ...draft, settings: { ...draft.settings, ...settings } }, CONFIG);
    expect(edited({ batchSize: '' })?.tables[0]?.tabularModelConfiguration).toMatchObject({
      batchSize: null,
    });
    expect(edited({ batchSize: '2' })).toBeNull();
    expect(edited({ randomState: '-1' })).toBeNull();
    expect(edited({ randomState: '8' })?.randomState).toBe(8);
  });
});
