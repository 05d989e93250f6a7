import { describe, expect, it } from 'vitest';
import { assertNoJson, jsonLayout } from './json-text';

const encode = (text: string) => new TextEncoder().encode(text);

describe('JSON in place of a table', () => {
  it.each([
    ['lines', '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'],
    ['lines', '\ufeff[1,"x"]\r\n[2,"y"]\r\n'],
    ['document', '[{"a":1},{"a":2}]'],
    ['document', '{\n  "rows": [\n    {"a": 1, "b": "x, y"},\n    {"a": 2, "b": "z"}\n  ]\n}\n'],
    [null, 'key,val\n1,"{""a"": 5}"\n'],
    [null, '[id];[name]\n1;Ann\n2;Bob\n'],
    [null, '{x}|{y}\n1|2\n'],
    [null, ''],
  ])('%s: %j', (layout, text) => {
    expect(jsonLayout(encode(text))).toBe(layout);
  });

  it('is found though its last line is cut', () => {
    const rows = Array.from({ length: 9_000 }, (_, i) => `{"a":${i},"b":"x"}\n`).join('');
    expect(jsonLayout(encode(rows))).toBe('lines');
  });

  it('is refused with what it is', () => {
    expect(() => assertNoJson('a.csv', encode('{"a":1}\n{"a":2}\n'))).toThrow(/JSON, one object a line/);
    expect(() => assertNoJson('a.csv', encode('a,b\n1,2\n'))).not.toThrow();
  });
});
