import { expect, it } from 'vitest';
import { isConfiguration } from './job-configuration';

it.each([
  ['{"generator":{"name":""}}', true],
  ['{"synthetic_dataset":{}}', true],
  ['{"name":"x","tables":[{"name":"t","columns":[]}]}', true],
  ['[{"generator":1}]', false],
  ['{"data":[{"a":1}]}', false],
  ['{"tables":[{"seats":4},{"seats":2}]}', false],
  ['{"a":1}\n{"a":2}', false],
  ['{"generator":', false],
])('%s is a configuration: %s', (text, expected) => {
  expect(isConfiguration(text)).toBe(expected);
});
