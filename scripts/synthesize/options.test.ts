import { describe, expect, it } from 'vitest';
import { InputError, readOptions } from './options';

describe('readOptions', () => {
  it('leaves what was not said to the configuration and the app', () => {
    const { table, out, ...rest } = readOptions(['table.csv'])!;
    expect([table, out]).toEqual(['table.csv', 'out']);
    expect(Object.values(rest).every((value) => value === undefined)).toBe(true);
  });

  it('reads every option', () => {
    const args =
      'in.csv --rows 10 --seed 4294967295 --model-size s --max-epochs 0.5 --max-minutes 2 --backend wasm --threads 3 ' +
      '--holdout h.csv --config c.json --generation-order random --sampling independent --out o --format csv,parquet,csv';
    expect(readOptions(args.split(' '))).toEqual({
      table: 'in.csv',
      holdout: 'h.csv',
      config: 'c.json',
      out: 'o',
      formats: ['csv', 'parquet'],
      rows: 10,
      seed: 4_294_967_295,
      modelSize: 'S',
      maxEpochs: 0.5,
      maxMinutes: 2,
      backend: 'wasm',
      threads: 3,
      generationOrder: 'random',
      sampling: 'independent',
    });
  });

  it('leaves the threads to the app on request', () => {
    expect(readOptions(['a.csv', '--threads', 'auto'])!.threads).toBeNull();
  });

  it('answers --help', () => {
    expect(readOptions(['--help'])).toBeNull();
  });

  it.each([
    [[], 'Name a table'],
    [['a.csv', 'b.csv'], 'b.csv'],
    [['a.csv', '--rows', '0'], '--rows'],
    [['a.csv', '--rows', '1e3'], '1e3'],
    [['a.csv', '--rows', '-5'], '--rows'],
    [['a.csv', '--seed', '4294967296'], '--seed'],
    [['a.csv', '--model-size', 'XL'], 'S or M or L'],
    [['a.csv', '--max-epochs', 'many'], 'many'],
    [['a.csv', '--max-minutes', ''], '--max-minutes'],
    [['a.csv', '--backend', 'gpu'], 'auto or webgpu or wasm or reference'],
    [['a.csv', '--threads', '0'], '--threads'],
    [['a.csv', '--generation-order', 'any'], 'rotated or natural or random'],
    [['a.csv', '--sampling', 'x'], 'balanced or independent'],
    [['a.csv', '--format', 'xlsx'], 'parquet or csv'],
    [['a.csv', '--bogus'], '--bogus'],
    [['a.csv', '--out'], '--out'],
  ])('says in one line what is wrong with %j', (args, part) => {
    const attempt = () => readOptions(args);
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(part);
    expect(attempt).not.toThrow(/\n/);
  });
});
