import { describe, expect, it } from 'vitest';
import { GeneratorConfig } from '../../src/domain/generators';
import { parseJobConfig } from '../../src/domain/job-configuration';
import { idOfRule, type Rule } from '../../src/domain/rules';
import { SyntheticDatasetConfig } from '../../src/domain/synthetic-datasets';
import { datasetConfig, describeJob, generatorConfig } from './job-config';
import { readOptions } from './options';

const table = { name: 't', columns: [{ name: 'a' }], sourceId: 'source-7', tableId: 'table-7' };
const proposal = GeneratorConfig.parse({ name: 't', tables: [table] });
const rows = SyntheticDatasetConfig.parse({
  generatorId: 'generator-7',
  name: 't',
  tables: [{ name: 't', configuration: { sampleSize: 100 } }],
});
const source = {
  name: 'table.csv',
  dialect: {
    encoding: 'utf-8',
    delimiter: ',',
    quote: '"',
    header: true,
    skipLines: 0,
    decimal: '.',
    nullValues: [''],
  },
} as Parameters<typeof describeJob>[0];
const options = (...args: string[]) => readOptions(['table.csv', ...args])!;

describe('the configuration of a job', () => {
  it('is the proposal where nothing was said', () => {
    expect(generatorConfig(proposal, null, {}, options())).toEqual(proposal);
    expect(datasetConfig(rows, {}, options(), ['age'])).toEqual(rows);
  });

  it('takes options over the file over the proposal', () => {
    const said = options('--seed', '5', '--max-epochs', '2', '--rows', '9', '--sampling', 'independent');
    const first = generatorConfig(proposal, 'source-8', {}, said);
    const file = describeJob(source, null, first, datasetConfig(rows, {}, said, ['age']));
    const again = generatorConfig(proposal, null, file, options('--max-epochs', '3'));
    expect(again.randomState).toBe(5);
    expect(again.tables[0]!.tabularModelConfiguration).toMatchObject({ maxEpochs: 3 });
    const dataset = datasetConfig(rows, file, options(), ['age']);
    expect(dataset.randomState).toBe(5);
    expect(dataset.tables[0]!.configuration).toMatchObject({ sampleSize: 9, sampling: 'independent' });
  });

  it('keeps the columns to predict', () => {
    const said = datasetConfig(rows, {}, options('--target', 'age'), ['age', 'income']);
    expect(said.tables[0]!.configuration.targets).toEqual(['age']);
    const file = parseJobConfig(JSON.parse(JSON.stringify(describeJob(source, null, proposal, said))));
    expect(datasetConfig(rows, file, options(), ['age']).tables[0]!.configuration.targets).toEqual(['age']);
  });

  it('round-trips through its file, with the ids of the new session', () => {
    const file = describeJob(source, null, proposal, rows);
    const parsed = parseJobConfig(JSON.parse(JSON.stringify(file)));
    expect(parsed).toEqual(file);
    expect(JSON.stringify(file)).not.toMatch(/source-7|table-7|generator-7/);
    expect(generatorConfig(proposal, null, parsed, options())).toEqual(proposal);
    expect(datasetConfig(rows, parsed, options(), ['age'])).toEqual(rows);
  });

  it('names files without addresses and numbers of people', () => {
    const file = describeJob(
      { ...source, name: 'orders of anna@example.at +43 660 1234567.csv' },
      null,
      proposal,
      rows,
    );
    expect(file.source!.file).toBe('orders of … ….csv');
  });

  it('has the rules of the file, unless the options say otherwise', () => {
    const order: Rule = { kind: 'inequality', low: 'a', high: 'b', strict: true };
    const range: Rule = { kind: 'range', column: 'a', min: 0, max: null, strict: false };
    const rules = { find: true, off: [idOfRule(range), 'x'], added: [order] };
    const [base] = proposal.tables;
    const file = describeJob(source, null, { ...proposal, tables: [{ ...base!, rules }] }, rows);
    const rulesOf = (args: string[], added: Rule[] = []) =>
      generatorConfig(proposal, null, file, options(...args), added).tables[0]!.rules;
    expect(rulesOf([])).toEqual(rules);
    expect(rulesOf(['--no-rules'])).toEqual({ find: false, off: [], added: [] });
    expect(rulesOf([], [range, { ...order, strict: false }])).toEqual({
      find: true,
      off: ['x'],
      added: [range, { ...order, strict: false }],
    });
    expect(rulesOf(['--no-rules'], [range])).toEqual({ find: false, off: [], added: [range] });
  });

  it.each([
    ['{"generator":{"name":"t","tables":[]}}', 'generator.tables'],
    ['{"generater":{}}', 'generater'],
    ['[]', 'configuration file'],
  ])('names what is wrong with %s', (text, part) => {
    expect(() => parseJobConfig(JSON.parse(text))).toThrow(part);
  });
});
