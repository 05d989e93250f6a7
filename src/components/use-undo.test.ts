import { describe, expect, it } from 'vitest';
import { type History, recorded, undone } from './use-undo';

const START: History<string> = { past: [], present: '', at: Number.NEGATIVE_INFINITY };

describe('a history of edits', () => {
  it('takes back one edit at a time, and stops at the first', () => {
    const twice = recorded(recorded(START, 'a', 0), 'b', 1_000);
    expect(undone(twice).present).toBe('a');
    expect(undone(undone(twice)).present).toBe('');
    expect(undone(undone(undone(twice)))).toEqual(undone(undone(twice)));
  });
  it('counts quick edits as one, but never merges the first into the start', () => {
    const typed = ['n', 'na', 'nam'].reduce((history, text, i) => recorded(history, text, i * 100), START);
    expect(typed.present).toBe('nam');
    expect(undone(typed).present).toBe('');
  });
  it('keeps quick edits of different texts apart', () => {
    const start: History<{ names: string[]; on: boolean }> = {
      past: [],
      present: { names: ['a', 'b'], on: true },
      at: Number.NEGATIVE_INFINITY,
    };
    const typed = recorded(
      recorded(start, { names: ['a', 'bc'], on: true }, 0),
      { names: ['a', 'bcd'], on: true },
      9,
    );
    expect(undone(typed).present.names).toEqual(['a', 'b']);
    const elsewhere = recorded(typed, { names: ['ax', 'bcd'], on: true }, 10);
    expect(undone(elsewhere).present.names).toEqual(['a', 'bcd']);
    const clicked = recorded(recorded(typed, { names: ['a', 'bcd'], on: false }, 10), typed.present, 20);
    expect(undone(clicked).present.on).toBe(false);
    expect(undone(undone(clicked)).present).toEqual({ names: ['a', 'bcd'], on: true });
  });
  it('keeps an edit after an undo apart from what came before', () => {
    const back = undone(recorded(recorded(START, 'a', 0), 'b', 1_000));
    expect(undone(recorded(back, 'c', 1_001)).present).toBe('a');
  });
  it('ignores an edit that changes nothing', () => {
    expect(recorded(START, '', 5)).toBe(START);
  });
  it('forgets the oldest of very many', () => {
    let history = START;
    for (let i = 1; i <= 150; i++) history = recorded(history, String(i), i * 1_000);
    expect(history.past).toHaveLength(100);
    expect(history.past[0]).toBe('50');
  });
});
