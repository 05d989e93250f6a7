import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ColumnSchema } from '../../../src/domain/column-data';
import { z } from '../../../src/domain/zod';
import type { Writer } from '../writers/writer';
import type { KeptRules } from './kept-rules';
import { brokenModel as broken, checkedPart } from './stored/broken-model';
import { checkRules } from './stored/check-rules';

/** One column of generated tables: drawn by a model, or written without being learned, as a key is. */
export interface OutputColumn {
  readonly role: 'feature' | 'primary-key' | 'written';
  readonly schema: ColumnSchema;
  /**
   * Writes it; of a feature, what is drawn says whose row it is. Absent = a feature as it is drawn, or a key of a model from
   * before keys had a form.
   */
  readonly writer?: Writer;
}

/** How rows of one subject go together. */
export const SubjectColumns = z.object({
  /** The drawn column whose equal values are one subject's. */
  lead: z.string(),
  /** Drawn columns whose values are invented together with those of the lead. */
  identifying: z.array(z.string()),
  /** Drawn columns that are the same in all rows of a subject, and in what part of the subjects. */
  constant: z.array(z.object({ name: z.string(), share: z.number().min(0).max(1) })).min(1),
});
export type SubjectColumns = z.infer<typeof SubjectColumns>;

/** What a family learned: weights, and what value protection lets through of the columns. Contains no training row. */
export interface Learned {
  /** Plain JSON. */
  readonly content: unknown;
  readonly tensors: Readonly<Record<string, Float32Array>>;
}

/** Changes when stored models of before can no longer be opened. */
export const FORMAT = 2;

/** A trained model of a table: what can be stored and opened again. */
export interface Artefact extends Learned {
  readonly format: typeof FORMAT;
  /** Id of the family. */
  readonly model: string;
  /** In source order. */
  readonly output: readonly OutputColumn[];
  readonly kept: KeptRules;
  /** Names of columns that tell rows apart together, learned or regenerated; absent = none do. */
  readonly key?: readonly string[];
  /** Absent = rows go together in nothing. */
  readonly subjects?: SubjectColumns;
}

/** The two files of a stored model. */
export interface StoredArtefact {
  /** JSON: all of the artefact but its tensors, with length and SHA-256 of the other file. */
  readonly manifest: string;
  /** In the safetensors layout (https://huggingface.co/docs/safetensors): header length, JSON header, f32 values. */
  readonly tensors: Uint8Array;
}

/** The header is padded to a multiple of so many bytes, so that values can be read in place. */
const ALIGNMENT = 8;

export function packArtefact({ tensors, ...manifest }: Artefact): StoredArtefact {
  const packed = packTensors(tensors);
  const file = { bytes: packed.length, sha256: bytesToHex(sha256(packed)) };
  return { manifest: JSON.stringify({ ...manifest, tensors: file }), tensors: packed };
}

/**
 * The artefact of stored files. What its family learned is checked by that (`Model.check`).
 * @throws UserError `not-found` that says what is wrong with them
 */
export function unpackArtefact({ manifest, tensors }: StoredArtefact): Artefact {
  const { tensors: file, ...rest } = parse(manifest) as Omit<Artefact, 'tensors'> & {
    readonly tensors?: { readonly sha256?: string };
  };
  if (rest.format !== FORMAT) {
    throw broken(`was written in format ${String(rest.format)}, and this version reads format ${FORMAT}`);
  }
  if (file?.sha256 !== bytesToHex(sha256(tensors)))
    throw broken('has weights that do not match its manifest');
  checkRules(rest.output, rest.kept);
  checkKey(rest);
  checkSubjects(rest);
  return { ...rest, tensors: unpackTensors(tensors) };
}

/** @throws UserError `not-found` unless the key is of columns that are written */
function checkKey({ key, output }: Pick<Artefact, 'key' | 'output'>): void {
  if (key === undefined) return;
  const names = new Set(output.map(({ schema }) => schema.name));
  const isSound = Array.isArray(key) && key.length > 1 && key.every((name) => names.has(name));
  if (!isSound) throw broken('has a key of columns that it does not write');
}

/** @throws UserError `not-found` unless the columns of subjects are drawn */
function checkSubjects({ subjects, output }: Pick<Artefact, 'subjects' | 'output'>): void {
  if (subjects === undefined) return;
  const { lead, identifying, constant } = checkedPart(SubjectColumns, 'subjects', subjects);
  const drawn = new Set(output.flatMap(({ role, schema }) => (role === 'feature' ? [schema.name] : [])));
  const names = [lead, ...identifying, ...constant.map(({ name }) => name)];
  if (!names.every((name) => drawn.has(name))) throw broken('has subjects of columns that it does not draw');
}

interface TensorHeader {
  readonly dtype: 'F32';
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function packTensors(tensors: Artefact['tensors']): Uint8Array {
  const header: Record<string, TensorHeader> = {};
  let end = 0;
  for (const [name, { length }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F32', shape: [length], data_offsets: [end, end + 4 * length] };
    end += 4 * length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const json = new Uint8Array(ALIGNMENT * Math.ceil(text.length / ALIGNMENT)).fill(0x20);
  json.set(text);
  const packed = new Uint8Array(8 + json.length + end);
  new DataView(packed.buffer).setBigUint64(0, BigInt(json.length), true);
  packed.set(json, 8);
  for (const [name, tensor] of Object.entries(tensors)) {
    const bytes = new Uint8Array(tensor.buffer, tensor.byteOffset, tensor.byteLength);
    packed.set(bytes, 8 + json.length + header[name]!.data_offsets[0]);
  }
  return packed;
}

function unpackTensors(packed: Uint8Array): Artefact['tensors'] {
  if (packed.length < 8) throw broken('has weights that are cut short');
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const header = parse(new TextDecoder().decode(packed.subarray(8, start))) as Record<string, TensorHeader>;
  const values = packed.subarray(start);
  return Object.fromEntries(
    Object.entries(header).map(([name, entry]) => {
      const { dtype, data_offsets } = entry ?? {};
      const [from = -1, to = -1] = Array.isArray(data_offsets) ? data_offsets : [];
      const isThere = Number.isInteger(from) && from >= 0 && from <= to && to <= values.length;
      if (dtype !== 'F32' || !isThere || (to - from) % 4 !== 0) throw broken(`has no weights “${name}”`);
      return [name, new Float32Array(values.slice(from, to).buffer)];
    }),
  );
}

/** @throws UserError `not-found` unless it is the JSON of an object */
function parse(text: string): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw broken('cannot be read');
  }
  if (typeof parsed !== 'object' || parsed === null) throw broken('cannot be read');
  return parsed;
}
