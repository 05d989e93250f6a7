import { describe, expect, it } from 'vitest';
import { trainingSettings } from './model-options';
import { readOptions, USAGE } from './options';
import { InputError } from './setting-options';

describe('readOptions', () => {
  it('leaves what was not said to the configuration and the app', () => {
    const { table, out, ...rest } = readOptions(['table.csv'])!;
    expect([table, out]).toEqual(['table.csv', 'out']);
    expect(Object.values(rest).every((value) => value === undefined || Object.keys(value).length === 0)).toBe(
      true,
    );
  });

  it('reads every option', () => {
    const args =
      'in.csv --rows 10 --seed 4294967295 --model-size s --max-epochs 0.5 --max-minutes 2 --backend wasm --threads 3 ' +
      '--holdout h.csv --config c.json --protection-key-file k --rules r.json --no-rules --generation-order random --sampling independent --out o --format csv,parquet,csv --format xlsx --csv standard --sort on';
    const options = readOptions(args.split(' '))!;
    expect(options).toMatchObject({
      table: 'in.csv',
      holdout: 'h.csv',
      config: 'c.json',
      protectionKeyFile: 'k',
      rules: 'r.json',
      noRules: true,
      out: 'o',
      formats: ['csv', 'parquet', 'xlsx'],
      csvForm: 'standard',
      sorted: true,
      seed: { randomState: 4_294_967_295 },
      generation: { sampleSize: 10, generationOrder: 'random', sampling: 'independent' },
    });
    expect(trainingSettings(options, 'argn')).toEqual({
      modelSize: 'S',
      maxEpochs: 0.5,
      maxTrainingTime: 2,
      backend: 'wasm',
      threads: 3,
    });
  });

  it('takes several files for one table', () => {
    expect(readOptions(['a.csv', 'b.csv', '--union'])).toMatchObject({
      table: 'a.csv',
      others: ['b.csv'],
      union: true,
    });
    expect(() => readOptions(['a.csv', 'b.csv'])).toThrow(/“b\.csv” is one too many\. With --union/);
    expect(() => readOptions(['a.zip', '--union', '--entry', 'x.csv'])).toThrow(/Name one of the two/);
  });

  it('leaves the threads to the app on request', () => {
    const options = readOptions(['a.csv', '--threads', 'auto'])!;
    expect(trainingSettings(options, 'argn')).toEqual({ threads: null });
  });

  it('has every setting of the schemas', () => {
    const args =
      'a.csv --model argn --max-sample-size 50 --batch-size auto --gradient-accumulation 2 --value-protection off ' +
      '--rare-categories sample --privacy-guard on --flexible-generation off --temperature 0.5 --top-p 0.95 --report off';
    const options = readOptions(args.split(' '))!;
    expect(trainingSettings(options, 'argn')).toEqual({
      maxSampleSize: 50,
      batchSize: null,
      gradientAccumulationSteps: 2,
      valueProtection: false,
      rareCategoryReplacementMethod: 'SAMPLE',
      privacyGuard: true,
      enableFlexibleGeneration: false,
    });
    expect(options.generation).toEqual({
      samplingTemperature: 0.5,
      samplingTopP: 0.95,
      enableDataReport: false,
    });
    for (const option of args.match(/--[\w-]+/g)!) expect(USAGE).toContain(`  ${option} `);
  });

  it('says that the seed is random unless named', () => {
    expect(USAGE).toMatch(/--seed N +Random seed \(random\)/);
  });

  it('answers --help', () => {
    expect(readOptions(['--help'])).toBeNull();
  });

  it.each([
    [[], 'Name a table'],
    [['a.csv', 'b.csv'], 'b.csv'],
    [['a.csv', '--rows', '0'], '--rows'],
    [['a.csv', '--rows', '1e3'], '1e3'],
    [['a.csv', '--rows', '100000001'], 'a whole number from 1 to 100000000'],
    [['a.csv', '--top-p', '0.8'], 'a number from 0.9 to 1, not “0.8”'],
    [['a.csv', '--model', 'gan'], '--model takes argn'],
    [['a.csv', '--rows', '-5'], '--rows'],
    [['a.csv', '--seed', '4294967296'], '--seed'],
    [['a.csv', '--model-size', 'XL'], 'S or M or L'],
    [['a.csv', '--max-epochs', 'many'], '--max-epochs takes a number of 0 or more, not “many”.'],
    [['a.csv', '--max-minutes', ''], '--max-minutes'],
    [['a.csv', '--backend', 'gpu'], 'auto or webgpu or wasm'],
    [['a.csv', '--threads', '0'], '--threads'],
    [['a.csv', '--generation-order', 'any'], 'rotated or natural or random'],
    [['a.csv', '--sampling', 'x'], 'balanced or independent'],
    [['a.csv', '--format', 'xls'], 'parquet or csv or json or jsonl or xlsx or arrow or sqlite'],
    [['a.csv', '--csv', 'rfc'], 'original or standard'],
    [['a.csv', '--subject', 'a', '--subject', 'b'], '--subject was given 2 times'],
    [['a.csv', '--recipe', 'r.json', '--config', 'c.json'], '--recipe and --config both'],
    [['a.csv', '--bogus'], '--bogus'],
    [['a.csv', '--out'], '--out'],
  ])('says in one line what is wrong with %j', (args, part) => {
    const attempt = () => trainingSettings(readOptions(args)!, 'argn');
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(part);
    expect(attempt).not.toThrow(/\n/);
  });
});

describe('--table and --entry', () => {
  it('name the table of a file with several', () => {
    expect(readOptions(['a.zip', '--table', 'Sheet 2', '--entry', 'b/c.xlsx'])!.choice).toEqual({
      table: 'Sheet 2',
      entry: 'b/c.xlsx',
    });
    expect(readOptions(['a.csv'])!.choice).toEqual({});
  });
});

describe('--header', () => {
  it('says whether the first row holds names, and is detected otherwise', () => {
    expect(readOptions(['a.csv', '--header', 'no'])!.header).toEqual({ header: false });
    expect(readOptions(['a.csv', '--header', 'yes'])!.header).toEqual({ header: true });
    expect(readOptions(['a.csv'])!.header).toEqual({});
    expect(() => readOptions(['a.csv', '--header', 'maybe'])).toThrow(/--header takes yes or no/);
  });
});
