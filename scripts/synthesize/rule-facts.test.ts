import { describe, expect, it } from 'vitest';
import type { TableRule } from '../../src/domain/rules';
import { rulesLine } from './rule-facts';

describe('the line about rules', () => {
  it.each<[(readonly [TableRule['source'], TableRule['state']])[], string]>([
    [[], 'Rules: 0 found, 0 kept'],
    [
      [
        ['found', 'kept'],
        ['found', 'kept'],
      ],
      'Rules: 2 found, 2 kept',
    ],
    [
      [
        ['found', 'kept'],
        ['found', 'off'],
        ['added', 'partly'],
        ['added', 'unkept'],
      ],
      'Rules: 2 found, 2 added, 1 kept, 1 switched off, 1 in part, 1 not forced',
    ],
  ])('%j', (rules, line) => {
    expect(rulesLine(rules.map(([source, state]) => ({ source, state })))).toBe(line);
  });
});
