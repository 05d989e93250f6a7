import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { type Artefact, packArtefact, unpackArtefact } from './artefact';

const ARTEFACT: Artefact = {
  format: 2,
  model: 'some family',
  output: [
    { role: 'feature', schema: { name: 'ä', originalName: 'ä', storageType: 'text' } },
    { role: 'primary-key', schema: { name: 'id', originalName: 'id', storageType: 'integer' } },
  ],
  kept: { rules: [], checks: [], nearly: [], extras: [], ties: [], steps: [] },
  content: { categories: ['é', '<b>'], nested: [1, null] },
  tensors: { weights: Float32Array.of(1, -2.5, 1e-40), größe: new Float32Array(0), bias: Float32Array.of(7) },
};

describe('a stored artefact', () => {
  it('opens as what it was', () => {
    const stored = packArtefact(ARTEFACT);
    expect(unpackArtefact(stored)).toEqual(ARTEFACT);
    expect(unpackArtefact(stored).tensors['weights']).toEqual(ARTEFACT.tensors['weights']);
  });

  it('follows the safetensors layout', () => {
    const { tensors, manifest } = packArtefact(ARTEFACT);
    const length = Number(new DataView(tensors.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(tensors.subarray(8, 8 + length)));
    expect(header.weights).toEqual({ dtype: 'F32', shape: [3], data_offsets: [0, 12] });
    expect(header.bias.data_offsets).toEqual([12, 16]);
    expect(tensors.length).toBe(8 + length + 16);
    expect(new DataView(tensors.buffer).getFloat32(8 + length + 4, true)).toBe(-2.5);
    expect(JSON.parse(manifest).tensors).toEqual({
      bytes: tensors.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('says what is wrong with files that do not belong together, are broken or newer', () => {
    const stored = packArtefact(ARTEFACT);
    const changed = stored.tensors.slice();
    changed[changed.length - 1]! ^= 1;
    expect(() => unpackArtefact({ ...stored, tensors: changed })).toThrow(/do not match its manifest/);
    for (const odd of [stored.manifest.slice(1), 'null', '7'])
      expect(() => unpackArtefact({ ...stored, manifest: odd })).toThrow(/cannot be read/);
    const length = Number(new DataView(stored.tensors.buffer).getBigUint64(0, true));
    const far = stored.tensors.slice();
    far.set(
      new TextEncoder().encode(
        new TextDecoder().decode(far.subarray(8, 8 + length)).replace('[12,16]', '[12,96]'),
      ),
      8,
    );
    const sum = bytesToHex(sha256(far));
    const manifest = stored.manifest.replace(/"sha256":"\w+"/, `"sha256":"${sum}"`);
    expect(() => unpackArtefact({ manifest, tensors: far })).toThrow(/has no weights “bias”/);
    const newer = stored.manifest.replace('"format":2', '"format":3');
    expect(() => unpackArtefact({ ...stored, manifest: newer })).toThrow(/format 3.*reads format 2/);
  });
});
