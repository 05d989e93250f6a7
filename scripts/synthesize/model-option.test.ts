import { describe, expect, it, vi } from 'vitest';
import { GeneratorConfig } from '../../src/domain/generators';
import { type JobConfig, parseJobConfig } from '../../src/domain/job-configuration';
import type * as Catalogue from '../../workers/engine/models/catalogue';
import { toy } from '../../workers/engine/models/testing/toy/family';
import { generatorConfig } from './job-config';
import { readOptions, USAGE } from './options';
import { InputError } from './setting-options';

vi.mock('../../workers/engine/models/catalogue', async (original) => ({
  ...(await original<typeof Catalogue>()),
  ...(await import('../../workers/engine/models/testing/toy/family')),
}));

const options = (args: string) => readOptions(['t.csv', ...args.split(' ')])!;
const proposal = GeneratorConfig.parse({
  name: 't',
  tables: [{ name: 't', sourceId: 's', tableId: 't', columns: [] }],
});
const model = (args: string, config: JobConfig = {}) =>
  generatorConfig(proposal, null, config, options(args)).tables[0]!.tabularModelConfiguration;

describe('options of a second model', () => {
  it('come from its schema', () => {
    expect(model('--model toy --bins 3 --tails KEEP --exact on --smoothing auto --threads 2')).toEqual(
      toy.configuration.parse({ model: 'toy', bins: 3, tails: 'keep', exact: true, threads: 2 }),
    );
    expect(USAGE).toContain('  --model argn|gaussian_copula|marginals|toy');
    expect(USAGE).toMatch(/ {2}--bins N +Bins \(4\); only toy\n/);
    expect(USAGE).toMatch(
      / {2}--smoothing N\|auto +Smoothing, fractions allowed \(by the rows\); only toy\n/,
    );
    expect(USAGE).toMatch(/ {2}--exact on\|off +Exact shares \(off\); only toy\n/);
    expect(USAGE).toMatch(/ {2}--threads N\|auto +Threads \(automatic\)\n/);
  });

  it.each([
    ['--model toy --bins 1', '--bins takes a whole number from 2 to 9, not “1”.'],
    ['--model toy --bins 2.5', '--bins takes a whole number from 2 to 9, not “2.5”.'],
    ['--model toy --smoothing x', '--smoothing takes a number of 0 or more or auto, not “x”.'],
    ['--model toy --exact yes', '--exact takes on or off, not “yes”.'],
    ['--model gan', '--model takes argn or gaussian_copula or marginals or toy, not “gan”.'],
    ['--model toy --max-epochs 3', '--max-epochs is not an option of the model toy.'],
  ])('%s is refused in one sentence', (args, sentence) => {
    expect(() => model(args)).toThrow(new InputError(sentence));
  });

  it('fit the model that the configuration file names', () => {
    const table = { name: 't', columns: [], tabularModelConfiguration: { model: 'toy', bins: 5 } };
    const config = parseJobConfig({ generator: { name: 't', tables: [table] } });
    expect(model('--smoothing 1', config)).toMatchObject({ model: 'toy', bins: 5, smoothing: 1 });
    expect(model('--model argn --max-epochs 2', config)).toMatchObject({ model: 'argn', maxEpochs: 2 });
    expect(() => model('--max-epochs 2', config)).toThrow('--max-epochs is not an option of the model toy.');
    expect(() => model('--bins 3')).toThrow('--bins is not an option of the model argn.');
  });
});
