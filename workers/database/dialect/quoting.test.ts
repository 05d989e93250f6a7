import { describe, expect, it } from 'vitest';
import { detectDialect } from './detect';
import { newlineOf } from './quoting';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const dialectOf = (text: string) => detectDialect(bytesOf(text), true, {});

describe('the quote', () => {
  it.each([
    ['lists of numbers', 'id,v\n1,"[1, 2, 3, 4, 5, 6]"\n2,"[7, 8, 9, 1, 2, 3]"\n3,"[4, 5, 6, 7, 8, 9]"\n', 2],
    ['names with commas', 'name\n"Lee, Ann"\n"Ray, Bob"\n"Fox, Cy"\n', 1],
    ['one row with a quote too many', 'a,b\n1,"x, y"\n2,"z, "w" v"\n3,"q, r"\n', 2],
    ['objects as texts', `id,o\n1,"{'a': 1, 'b': 2}"\n2,"{'a': 3, 'b': 4}"\n3,"{'a': 5, 'b': 6}"\n`, 2],
    ['amounts with thousands', 'm,x\n1,"1,234"\n2,"12,500"\n3,"7,100"\n', 2],
  ])('holds together %s', (_, text, columns) => {
    const { dialect, rowFields } = dialectOf(text);
    expect([dialect.quote, rowFields]).toEqual(['"', columns]);
  });

  it.each([
    ['id,"5" pipe"\n1,2\n3,4\n', ['id', '5" pipe']],
    ['"a","b "c" d"\n"1","2"\n"3","4"\n', ['a', 'b "c" d']],
    ['"n","in"ch"\n1,2\n3,4\n', ['n', 'in"ch']],
  ])('of damaged names is mended: %j', (text, names) => {
    expect(dialectOf(text).header).toEqual(names);
  });
});

describe('the escape', () => {
  it.each([
    '"id","say"\n1,"she said \\"hi\\""\n2,"x"\n3,"a, b"\n',
    'id;t\n1;"\\"q\\"; r"\n2;"s"\n',
    'id,t\n1,"a \\"b\\", c"\n2,"d \\"e\\""\n3,"f"\n',
    'id,t\n1,one\\, two\n2,three\n3,four\n',
  ])('is a backslash in %j', (text) => {
    expect(dialectOf(text).dialect.escape).toBe('backslash');
  });

  it.each([
    'id,dir\n1,"C:\\data\\"\n2,"D:\\x\\"\n3,"E:\\"\n',
    'id,dir,n\n1,C:\\data\\,5\n2,D:\\x\\,6\n3,E:\\,7\n',
    'id,t\n1,"say ""hi"""\n2,"back\\slash"\n',
  ])('is a second quote in %j', (text) => {
    expect(dialectOf(text).dialect.escape).toBeUndefined();
  });
});

describe('newlineOf', () => {
  it.each([
    ['a\nb\n', 'lf'],
    ['a\r\nb\r\n', 'lf'],
    ['a\r\r\nb\r\r\n', 'lf'],
    ['a\rb\rc\n', 'cr'],
    ['a\rb\r', 'cr'],
    ['a,"x\ry\rz"\nb\n', 'lf'],
    ['a\nb\rc\nd\n', 'lf'],
  ])('of %j is %s', (text, newline) => {
    expect(newlineOf(bytesOf(text))).toBe(newline);
  });
});
