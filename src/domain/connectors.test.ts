import { describe, expect, it } from 'vitest';
import {
  assertReadable,
  assertWritable,
  type ConnectorConfig,
  checkConnector,
  formatOfName,
  pathParts,
} from './connectors';

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('a connector', () => {
  it('has the access that its type allows', () => {
    const accessOf = (type: ConnectorConfig['type']) =>
      checkConnector({ name: 'c', type, ...(type === 'ADDRESS' && { address: 'https://a.b' }) }).accessType;
    expect((['FOLDER', 'SQLITE', 'ADDRESS', 'DUCKDB'] as const).map(accessOf)).toEqual([
      'WRITE_DATA',
      'WRITE_DATA',
      'READ_DATA',
      'READ_DATA',
    ]);
    for (const type of ['ADDRESS', 'DUCKDB'] as const)
      for (const accessType of ['WRITE_DATA', 'READ_PROTECTED'] as const)
        expect(refusal(() => checkConnector({ name: 'c', type, accessType }))).toContain('Choose READ_DATA');
  });

  it('keeps no signature, and nothing outside of its address', () => {
    const at = (address: string, files: string[] = []) =>
      checkConnector({ name: 'c', type: 'ADDRESS', address, files });
    expect(at('https://a.b/data', ['x.csv', '2024/x.csv', 'x.csv'])).toMatchObject({
      address: 'https://a.b/data/',
      files: ['x.csv', '2024/x.csv'],
    });
    for (const address of ['https://a.b/?sig=1', 'https://a.b/#t=1', 'https://me:pw@a.b/', 'ftp://a.b', ''])
      expect(
        refusal(() => at(address)),
        address,
      ).not.toBe('');
    for (const file of ['x.csv?sig=1', '../x.csv', '/x.csv', 'https://c.d/x.csv', 'a/../../x.csv'])
      expect(
        refusal(() => at('https://a.b/', [file])),
        file,
      ).not.toBe('');
  });

  it('refuses what its access protects', () => {
    const of = (accessType: 'READ_DATA' | 'WRITE_DATA' | 'READ_PROTECTED', type: 'FOLDER' | 'DUCKDB') => ({
      ...{ name: 'Exports', accessType, type },
    });
    expect(refusal(() => assertReadable(of('READ_PROTECTED', 'FOLDER')))).toContain('read-protected');
    expect(refusal(() => assertWritable(of('READ_DATA', 'FOLDER')))).toContain('write-protected');
    expect(refusal(() => assertWritable(of('WRITE_DATA', 'DUCKDB')))).toContain('only read');
    assertReadable(of('READ_DATA', 'FOLDER'));
    assertWritable(of('READ_PROTECTED', 'FOLDER'));
  });
});

describe('a location', () => {
  it('stays in its folder', () => {
    expect(pathParts('a/b.csv')).toEqual(['a', 'b.csv']);
    for (const path of ['', '/', '../b.csv', 'a/../b.csv', 'a\\b.csv', './b.csv', 'a\0.csv'])
      expect(
        refusal(() => pathParts(path)),
        path,
      ).toContain('names no file');
  });

  it('says its format by its end', () => {
    expect(['a.csv', 'b/c.PARQUET', 'd.e.jsonl'].map(formatOfName)).toEqual(['csv', 'parquet', 'jsonl']);
    expect(refusal(() => formatOfName('a.doc'))).toContain('.csv, .json');
  });
});
