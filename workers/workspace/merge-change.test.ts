import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeChange } from './merge-change';
import type { PutRecord } from './protocol';

const put = (value: object, changed?: readonly string[], files: readonly string[] = []): PutRecord => ({
  ...{ kind: 'generator', id: 'g', version: 1, isNew: false, value, files },
  ...(changed && { changed }),
});
const kept = (value: unknown, files: readonly string[] = []) => ({ version: 1, value, files });

describe('a change of a record', () => {
  it('keeps what another page changed, whichever comes first', () => {
    const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer());
    const others = fc.dictionary(fc.constantFrom('d', 'e'), fc.integer());
    const before = { a: 1, b: 1, c: 1, d: 1, e: 1 };
    fc.assert(
      fc.property(fields, others, (one, other) => {
        // Each page knows only its own change.
        const first = put({ ...before, ...one }, Object.keys(one));
        const second = put({ ...before, ...other }, Object.keys(other));
        for (const order of [
          [first, second],
          [second, first],
        ]) {
          let record = kept(before);
          for (const change of order) record = { ...record, ...mergeChange(record, change) };
          expect(record.value).toEqual({ ...before, ...one, ...other });
        }
      }),
    );
  });

  it('names the files of both, and none that nothing names any longer', () => {
    const trained = kept({ name: 'a', model: 'file 1' }, ['file 1']);
    const renamed = mergeChange(trained, put({ name: 'b' }, ['name']));
    expect(renamed).toEqual({ value: { name: 'b', model: 'file 1' }, files: ['file 1'] });
    const replaced = mergeChange(trained, put({ name: 'a', model: 'file 2' }, ['model'], ['file 2']));
    expect(replaced.files).toEqual(['file 2']);
    expect(mergeChange(trained, put({ name: 'a' }, ['model']))).toEqual({ value: { name: 'a' }, files: [] });
  });

  it('replaces all of a record of another form, and where no fields are named', () => {
    const whole = { value: { name: 'b' }, files: [] };
    expect(mergeChange(kept({ name: 'a', more: 1 }), put({ name: 'b' }))).toEqual(whole);
    expect(mergeChange({ ...kept({ more: 1 }), version: 99 }, put({ name: 'b' }, ['name']))).toEqual(whole);
    expect(mergeChange(undefined, put({ name: 'b' }, ['name']))).toEqual(whole);
    expect(mergeChange(kept('broken'), put({ name: 'b' }, ['name']))).toEqual(whole);
  });
});
