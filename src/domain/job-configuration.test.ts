import { describe, expect, it } from 'vitest';
import { UserError } from './errors';
import { describeFile, parseJobConfig, readJobConfig } from './job-configuration';

const GENERATOR = {
  name: 'people',
  randomState: 7,
  tables: [
    {
      name: 'people',
      primaryKey: 'person_id',
      columns: [{ name: 'person_id', modelEncodingType: 'TABULAR_CATEGORICAL' }],
      tabularModelConfiguration: { maxSampleSize: 100, valueProtection: false },
    },
  ],
};

/** The same in the words of the MOSTLY AI SDK. */
const SNAKE_CASE = {
  name: 'people',
  random_state: 7,
  tables: [
    {
      name: 'people',
      primary_key: 'person_id',
      columns: [{ name: 'person_id', model_encoding_type: 'TABULAR_CATEGORICAL' }],
      tabular_model_configuration: { max_sample_size: 100, value_protection: false },
    },
  ],
};

it('a file goes by its own name, not by that which its source has been given', () => {
  const dialect = { delimiter: ',' } as never;
  const file = { name: 'Customers', dialect };
  expect([describeFile({ ...file, fileName: 'march.csv' }), describeFile(file)]).toEqual([
    { file: 'march.csv', dialect },
    { file: 'Customers', dialect },
  ]);
});

describe('a configuration', () => {
  it('is read with its own field names and with those of the SDK; names of columns are values', () => {
    const own = parseJobConfig({ generator: GENERATOR });
    expect(own.generator!.tables[0]).toMatchObject({
      primaryKey: 'person_id',
      tabularModelConfiguration: { model: 'argn', maxSampleSize: 100, valueProtection: false },
    });
    expect(parseJobConfig({ generator: SNAKE_CASE })).toEqual(own);
    expect(parseJobConfig(SNAKE_CASE)).toEqual(own);
    expect(readJobConfig(JSON.stringify(own))).toEqual(own);
  });

  it.each([
    ['{', 'cannot be read as JSON'],
    ['[1]', 'not valid at the top level'],
    ['{}', 'describes no generator'],
    [JSON.stringify({ ...GENERATOR, name: '' }), 'not valid at generator.name'],
    [JSON.stringify({ generator: GENERATOR, more: 1 }), 'more'],
  ])('%s is refused', (text, sentence) => {
    let refusal: unknown;
    try {
      readJobConfig(text);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(UserError);
    expect((refusal as UserError).message).toContain(sentence);
  });
});
