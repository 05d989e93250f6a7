import { hash, hashText, RandomStream } from '../../../../src/domain/random';
import { encodeColumn } from '../../encoding/encoder';
import { decodeFeatures } from '../coded-columns';
import { groupByPattern, sliceRows, withGivenCells } from '../given-cells';
import type { GivenColumn, RowBlock, SampleRequest, Sampler } from '../model';
import { type CopulaContent, type CopulaLearned, matrixOf } from './artefact';
import { conditionalOn, drawGiven } from './given-latents';
import { indexAt, stretchOf } from './marginal';
import { cholesky } from './matrix';

/** Rows drawn at once. */
const BLOCK_ROWS = 16_384;

/** The codes of a sub-column along its latent. */
interface DrawnMarginal {
  readonly order: readonly number[];
  readonly ends: Float64Array;
  /** By code; absent = the code is never drawn. */
  readonly indices: ReadonlyMap<number, number>;
  /** The latent that says whether the value is missing, and from where on it is. */
  readonly missing: { readonly latent: number; readonly from: number } | null;
}

/** What stands for a missing value where a latent says so. */
const NULL_CODE = 0;

/** Draws rows of a Gaussian copula. */
export class CopulaSampler implements Sampler {
  readonly #content: CopulaContent;
  readonly #marginals: readonly DrawnMarginal[];
  readonly #size: number;
  readonly #correlation: Float64Array;
  readonly #lower: Float64Array;

  constructor({ content, tensors }: CopulaLearned) {
    this.#content = content;
    let last = content.marginals.length;
    this.#marginals = content.marginals.map(({ order, ends }, part) => {
      const from = content.missing[part] ?? null;
      return {
        order,
        ends: Float64Array.from(ends),
        indices: new Map(order.map((code, index) => [code, index])),
        missing: from === null ? null : { latent: last++, from },
      };
    });
    this.#size = last;
    this.#correlation = matrixOf(tensors.correlation, last);
    this.#lower = cholesky(this.#correlation, last)!;
  }

  async *rows({ rows, seed, from }: SampleRequest): AsyncGenerator<RowBlock> {
    for (let row0 = from?.row0 ?? 0; row0 < rows; row0 += BLOCK_ROWS) {
      const started = performance.now();
      const count = Math.min(BLOCK_ROWS, rows - row0);
      const codes = this.#draw(count, new RandomStream(hash(seed, hashText('latents')), row0));
      const columns = decodeFeatures(this.#content.features, codes, { row0, seed, rows });
      yield { row0, rows: count, point: { row0 }, columns, seconds: (performance.now() - started) / 1000 };
    }
  }

  async *complete(given: readonly GivenColumn[], { rows, seed }: SampleRequest): AsyncGenerator<RowBlock> {
    for (let row0 = 0; row0 < rows; row0 += BLOCK_ROWS) {
      const started = performance.now();
      const count = Math.min(BLOCK_ROWS, rows - row0);
      const block = given.map((column) => ({
        ...column,
        data: sliceRows(column.data, row0, row0 + count),
        given: column.given?.subarray(row0, row0 + count) ?? null,
      }));
      const codes = this.#drawGiven(
        block,
        count,
        new RandomStream(hash(seed, hashText('given latents')), row0),
      );
      const columns = decodeFeatures(this.#content.features, codes, { row0, seed, rows });
      for (const column of block) columns[column.feature] = withGivenCells(columns[column.feature]!, column);
      yield { row0, rows: count, columns, seconds: (performance.now() - started) / 1000 };
    }
  }

  memory(): number {
    const ends = this.#marginals.reduce((sum, marginal) => sum + marginal.ends.length, 0);
    return 8 * (2 * this.#correlation.length + 3 * ends);
  }

  dispose(): void {}

  /** [sub-column][row] */
  #draw(rows: number, stream: RandomStream): Uint16Array[] {
    const size = this.#size;
    const codes = this.#marginals.map(() => new Uint16Array(rows));
    const [normal, latents] = [new Float64Array(size), new Float64Array(size)];
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < size; i++) normal[i] = stream.normal();
      for (let i = 0; i < size; i++) {
        let latent = 0;
        for (let j = 0; j <= i; j++) latent += this.#lower[i * size + j]! * normal[j]!;
        latents[i] = latent;
      }
      this.#encode(latents, codes, row);
    }
    return codes;
  }

  /** The codes of a row's latents. */
  #encode(latents: Float64Array, codes: readonly Uint16Array[], row: number): void {
    for (const [part, marginal] of this.#marginals.entries()) {
      const { missing, order } = marginal;
      const isMissing = missing !== null && latents[missing.latent]! > missing.from;
      codes[part]![row] = isMissing ? NULL_CODE : order[indexAt(marginal, latents[part]!)]!;
    }
  }

  /** [sub-column][row]; the codes of given cells may be others. */
  #drawGiven(given: readonly GivenColumn[], rows: number, stream: RandomStream): Uint16Array[] {
    const { features } = this.#content;
    const starts = features.map((_, f) =>
      features.slice(0, f).reduce((sum, { encoding }) => sum + encoding.subColumns.length, 0),
    );
    const known = given.map(({ feature, data }) => encodeColumn(features[feature]!.encoding, data));
    const codes = this.#marginals.map(() => new Uint16Array(rows));
    const latents = new Float64Array(this.#size);
    for (const [pattern, members] of groupByPattern(given, rows)) {
      const parts = given.flatMap(({ feature }, g) =>
        pattern[g] === '1' ? known[g]!.map((own, k) => ({ index: starts[feature]! + k, own })) : [],
      );
      const hasNull = parts.flatMap(({ index, own }) => {
        const { missing } = this.#marginals[index]!;
        return missing ? [{ missing, own }] : [];
      });
      const conditional = conditionalOn(this.#correlation, this.#size, [
        ...parts.map(({ index }) => index),
        ...hasNull.map(({ missing }) => missing.latent),
      ]);
      for (const row of members) {
        const stretches = [
          ...parts.map(({ index, own }) => stretchOfCode(this.#marginals[index]!, own[row]!)),
          ...hasNull.map(({ missing: { from }, own }) =>
            own[row] === NULL_CODE ? ([from, Infinity] as const) : ([-Infinity, from] as const),
          ),
        ];
        drawGiven(conditional, stretches, stream, latents);
        this.#encode(latents, codes, row);
      }
    }
    return codes;
  }
}

/** Of a code that is never drawn, as a hidden category is, nothing is known. */
function stretchOfCode(marginal: DrawnMarginal, code: number): readonly [number, number] {
  const index = marginal.indices.get(code);
  return index === undefined
    ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    : stretchOf(marginal, index);
}
