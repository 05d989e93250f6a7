import { describe, expect, it } from 'vitest';
import { fetchError, fetchedName, plainAddress, readAddress } from './addresses';

describe('readAddress', () => {
  it('takes what begins with http and https', () => {
    expect(readAddress('  https://a.example/x.csv?sig=1#2 ').href).toBe('https://a.example/x.csv?sig=1#2');
    expect(plainAddress(readAddress('https://a.example:8443/x.csv?sig=1#2'))).toBe(
      'https://a.example:8443/x.csv',
    );
  });

  it.each([
    ['x.csv', /is no address/],
    ['', /is no address/],
    ['ftp://a.example/x.csv', /begin with https.*this one with ftp:/],
    ['javascript:alert(1)', /this one with javascript:/],
    ['https://me:secret@a.example/x.csv', /name or password before “@”/],
    [`https://a.example/${'x'.repeat(4000)}`, /more than 4,000 characters/],
  ])('refuses %j', (text, sentence) => {
    expect(() => readAddress(text)).toThrow(sentence);
  });
});

describe('fetchedName', () => {
  const url = new URL('https://a.example/d/my%20rows.csv?sig=1');
  it.each([
    [null, 'my rows.csv'],
    ['attachment', 'my rows.csv'],
    ['attachment; filename="a b.csv"', 'a b.csv'],
    ['attachment; filename=plain.csv; size=1', 'plain.csv'],
    [`attachment; filename="x.csv"; filename*=UTF-8''stra%C3%9Fe.csv`, 'straße.csv'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename=""', 'my rows.csv'],
    [`attachment; filename*=UTF-8''%E0%A4%A`, '%E0%A4%A'],
  ])('%j gives %s', (disposition, name) => {
    expect(fetchedName(url, disposition)).toBe(name);
  });

  it('falls back to the host', () => {
    expect(fetchedName(new URL('https://a.example/'), null)).toBe('a.example');
  });
});

describe('fetchError', () => {
  it.each([
    ['unreachable', 0, /cannot be reached.*CORS.*Access-Control-Allow-Origin/],
    ['forbidden', 0, /This copy of the app does not fetch files/],
    ['cut', 0, /broke before the whole file was there/],
    ['too-large', 0, /larger than 2 GB/],
    ['status', 403, /may not be read \(status 403\).*signature/],
    ['status', 404, /leads to no file/],
    ['status', 429, /too often/],
    ['status', 503, /Try again later/],
    ['status', 418, /status 418 instead of a file/],
  ] as const)('says of %s %i what to do', (reason, status, sentence) => {
    expect(fetchError('https://a.example/x', reason, status).message).toMatch(sentence);
  });
});
