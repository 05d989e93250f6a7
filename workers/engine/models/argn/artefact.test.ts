import { describe, expect, it } from 'vitest';
import { ModelConfiguration } from '../../../../src/domain/generators';
import { analyseCategorical } from '../../encoding/categorical';
import { options, repeat, textColumn } from '../../encoding/testing';
import type { OutputColumn } from '../../sampling/decode-block';
import { defaultOrder } from '../catalogue';
import { ARTEFACT_FORMAT, openArtefact, type StoredArtefact } from './artefact';
import { buildSpec } from './spec';

const values = Array.from({ length: 60 }, (_, i) => `city ${i}`);
const encoding = analyseCategorical(
  textColumn(repeat(values, 9)),
  'text',
  options({ classRule: { most: 20, alone: 3 } }),
);
const schema = { name: 'city', originalName: 'city', storageType: 'text' } as const;

function stored(format: number, column: OutputColumn): StoredArtefact {
  const parts = column.role === 'feature' ? [column.encoding.subColumns] : [];
  const manifest = {
    format,
    model: 'argn',
    configuration: ModelConfiguration.parse({}),
    spec: buildSpec(parts, 'M'),
    ...(format === ARTEFACT_FORMAT && { orders: { natural: 0.1, rotated: 0.25 } }),
    columns: [{ role: 'primary-key', schema: { ...schema, name: 'id' } }, column],
    sourceRows: 540,
  } as const;
  return { manifest: JSON.parse(JSON.stringify(manifest)), tensors: { weights: new Float32Array(4) } };
}

describe('openArtefact', () => {
  it('reads what this version writes, classes and all', () => {
    const own = stored(ARTEFACT_FORMAT, { role: 'feature', schema, encoding });
    expect(openArtefact(own)).toEqual(own);
    expect(own.manifest.spec.subColumns[0]!.classes).toEqual(encoding.subColumns[0]!.classes);
  });

  it('reads format 1 where every category has one code', () => {
    const plain = { ...encoding, subColumns: [{ name: 'cat', cardinality: 61, ordinal: false }] };
    const old = stored(1, { role: 'feature', schema, encoding: plain });
    expect(openArtefact(old)).toEqual({
      ...old,
      manifest: { ...old.manifest, format: ARTEFACT_FORMAT, orders: { natural: 1 / 3, rotated: 0 } },
    });
  });

  it('draws in an order that the model was trained in', () => {
    const column = { role: 'feature', schema, encoding } as const;
    const defaultOf = (artefact: StoredArtefact) => {
      const { configuration, orders } = openArtefact(artefact).manifest;
      return defaultOrder(configuration, orders);
    };
    const own = stored(ARTEFACT_FORMAT, column);
    expect(defaultOf(own)).toBe('rotated');
    const { orders: _, ...manifest } = own.manifest;
    expect(defaultOf({ ...own, manifest })).toBe('natural');
    const fixed = ModelConfiguration.parse({ enableFlexibleGeneration: false });
    expect(defaultOf({ ...own, manifest: { ...own.manifest, configuration: fixed } })).toBe('natural');
    expect(defaultOrder(own.manifest.configuration, { natural: 0, rotated: 0 })).toBe('random');
  });

  it('asks to train a generator of two codes per category again, by the name of its column', () => {
    const two = {
      ...encoding,
      subColumns: [
        { name: 'class', cardinality: 12, ordinal: false },
        { name: 'cat', cardinality: 8, ordinal: false },
      ],
    };
    expect(() => openArtefact(stored(1, { role: 'feature', schema, encoding: two }))).toThrow(
      /earlier version.*column “city”.*Train it again: its settings are kept\./,
    );
  });

  it('says so of a newer format', () => {
    expect(() => openArtefact(stored(3, { role: 'feature', schema, encoding }))).toThrow(
      'This generator was stored in format 3, and this version reads formats up to 2. Open it with the version that made it, or train it again here.',
    );
  });
});
