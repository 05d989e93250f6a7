import { type ColumnData, columnLength } from '../../../../src/domain/column-data';
import { UserError } from '../../../../src/domain/errors';
import { hash, hashText } from '../../../../src/domain/random';
import { checkGenerationOrder } from '../../../../src/domain/synthetic-datasets';
import { encodeColumn } from '../../encoding/encoder';
import { decodeFeatures, forbiddenOf } from '../coded-columns';
import { groupByPattern, sliceRows, withGivenCells } from '../given-cells';
import type { GivenColumn, RowBlock, SampleRequest, Sampler } from '../model';
import type { ArgnContent, ArgnLearned } from './artefact';
import { keptRows } from './discriminator/kept-rows';
import { type Codes, seenCodes } from './discriminator/seen-codes';
import { factorCodes } from './factors/factor-coding';
import type { Backend, OrderTable } from './network/network-backend';
import type { CodeRelation } from './network/restrictions';
import { relationsOf } from './rules/draw-relations';
import { type Ahead, rotation } from './sampling/groups';
import { logitBiasOf, sampleCodes, subColumnOrder } from './sampling/sample-codes';
import { loadNetwork } from './train-network';
import { defaultOrder } from './training/schedule';

/** Rows per block. */
const BLOCK_ROWS = 16_384;

/** Draws rows of the averaged weights that a backend holds. */
export class ArgnSampler implements Sampler {
  readonly #backend: Backend;
  readonly #content: ArgnContent;
  readonly #logitBias: (Float32Array | null)[];
  readonly #relations: readonly CodeRelation[];
  readonly #ahead: readonly Ahead[];
  readonly #seen: (codes: Codes) => Codes;

  /** @param relations those of the content, where they are known already */
  constructor(backend: Backend, content: ArgnContent, relations = relationsOf(content)) {
    this.#backend = backend;
    this.#content = content;
    this.#logitBias = logitBiasOf(content.spec, forbiddenOf(content.features));
    this.#relations = relations;
    this.#ahead = aheadOf(content);
    this.#seen = content.discriminator ? seenCodes(content.features, content.ties) : (codes) => codes;
  }

  async *rows({ rows: wanted, seed, configuration, from }: SampleRequest): AsyncGenerator<RowBlock> {
    const { configuration: trained, orders, starts, spec, discriminator } = this.#content;
    const generationOrder = configuration.generationOrder ?? defaultOrder(trained, orders);
    checkGenerationOrder(generationOrder, this.#isAnyOrder());
    const draw = (rows: number, seed: number, first: number) =>
      sampleCodes(this.#backend, spec, {
        rows,
        seed,
        configuration: { ...configuration, generationOrder },
        starts,
        logitBias: this.#logitBias,
        relations: this.#relations,
        ahead: this.#ahead,
        blockRows: BLOCK_ROWS,
        from: first,
      });
    // What it learned of rows drawn as they were learned does not hold of others.
    const isPlain = configuration.samplingTemperature === 1 && configuration.samplingTopP === 1;
    const blocks =
      discriminator && isPlain
        ? keptRows(discriminator, wanted, seed, draw, this.#seen, from)
        : draw(wanted, seed, from?.row0 ?? 0);
    for await (const { row0, rows, codes, seconds, point } of blocks) {
      yield {
        row0,
        rows,
        seconds,
        columns: decodeFeatures(this.#content.features, codes, { row0, seed, rows: wanted }),
        ...(point && { point }),
      };
    }
  }

  async *complete(given: readonly GivenColumn[], request: SampleRequest): AsyncGenerator<RowBlock> {
    for (let row0 = 0; row0 < request.rows; row0 += BLOCK_ROWS) {
      const end = Math.min(row0 + BLOCK_ROWS, request.rows);
      const block = given.map((column) => ({
        ...column,
        data: sliceRows(column.data, row0, end),
        given: column.given?.subarray(row0, end) ?? null,
      }));
      const started = performance.now();
      const codes = await this.#completeCodes(block, row0, end - row0, request);
      const seconds = (performance.now() - started) / 1000;
      const columns = decodeFeatures(this.#content.features, codes, {
        row0,
        seed: request.seed,
        rows: request.rows,
      });
      for (const column of block) columns[column.feature] = withGivenCells(columns[column.feature]!, column);
      yield { row0, rows: end - row0, seconds, columns };
    }
  }

  isInvented(feature: number): boolean {
    const { encoding } = this.#content.features[feature]!;
    const isOwn = encoding.type === 'TABULAR_CATEGORICAL' && encoding.invented !== undefined;
    return isOwn && encoding.categories.length === 0 && this.#isAnyOrder();
  }

  memory(): number {
    return this.#backend.memory();
  }

  dispose(): void {
    this.#backend.dispose();
  }

  /** Codes of a block, [sub-column][row]: rows in which the same columns are given are drawn together. */
  async #completeCodes(
    given: readonly GivenColumn[],
    row0: number,
    rows: number,
    request: SampleRequest,
  ): Promise<Uint16Array[]> {
    const { spec, features } = this.#content;
    const { samplingTemperature, samplingTopP } = request.configuration;
    const known = given.map(({ feature, data }) => encodeColumn(features[feature]!.encoding, data));
    const codes = spec.subColumns.map(() => new Uint16Array(rows));
    for (const [pattern, members] of groupByPattern(given, rows)) {
      const isGiven = (feature: number) => given.some((c, g) => c.feature === feature && pattern[g] === '1');
      const fixed = spec.subColumns.map(({ column }, j) => {
        const g = given.findIndex(({ feature }, g) => feature === column && pattern[g] === '1');
        const first = spec.subColumns.findIndex((part) => part.column === column);
        return g < 0 ? null : members.map((row) => known[g]![j - first]![row]!);
      });
      const drawn = await this.#backend.generate({
        rows: members.length,
        row0: 0,
        seed: hash(request.seed, hashText(`complete ${pattern}`), row0),
        order: subColumnOrder(spec, this.#givenFirst(isGiven)),
        fixed: fixed.map((part) => part && Uint16Array.from(part)),
        logitBias: this.#logitBias,
        relations: this.#relations,
        temperature: samplingTemperature,
        topP: samplingTopP,
        sampling: 'independent',
        weights: 'average',
      });
      codes.forEach((part, j) => {
        members.forEach((row, i) => {
          part[row] = drawn[j * members.length + i]!;
        });
      });
    }
    return codes;
  }

  /** Columns in drawing order: factors after the given ones. */
  #givenFirst(isGiven: (feature: number) => boolean): number[] {
    const all = this.#content.features.map((_, feature) => feature);
    const { columnCount, factorCount = 0 } = this.#content.spec;
    const factors = Array.from({ length: factorCount }, (_, k) => columnCount - factorCount + k);
    const order = [...all.filter(isGiven), ...factors, ...all.filter((feature) => !isGiven(feature))];
    if (this.#isAnyOrder() || order.every((feature, i) => feature === i)) return order;
    throw new UserError(
      'config/invalid',
      'This model was trained in the fixed order of its columns: values can be given for its first columns only. Train it with flexible generation to give any.',
    );
  }

  #isAnyOrder(): boolean {
    return this.#content.configuration.enableFlexibleGeneration;
  }
}

/**
 * Flags and ratios are drawn before the column that they lead to: it follows from them, and what it is without them says
 * little of them.
 */
function aheadOf({ features, ties }: ArgnContent): Ahead[] {
  const indexOf = (name: string) => features.findIndex(({ schema }) => schema.name === name);
  return ties.flatMap((tie) => {
    if ('cell' in tie || 'period' in tie) return [];
    return { early: indexOf('flag' in tie ? tie.flag : tie.ratio), late: indexOf(tie.to) };
  });
}

/**
 * Logarithms of the probabilities of rows in the columns' natural order, in nats, [rows].
 * @param backend an empty one; holds rows and weights afterwards
 * @param columns values of all features
 */
export async function logProbabilities(
  backend: Backend,
  learned: ArgnLearned,
  columns: readonly ColumnData[],
): Promise<Float64Array> {
  const { spec, features, factors } = learned.content;
  const own = features.flatMap(({ encoding }, i) => encodeColumn(encoding, columns[i]!));
  const summed = factors?.factors.map((factor) => factorCodes(factors, factor, own)) ?? [];
  const parts = [...own, ...summed];
  const rows = columnLength(columns[0]!);
  const codes = new Uint16Array(parts.length * rows);
  parts.forEach((part, j) => {
    codes.set(part, j * rows);
  });
  await loadNetwork(backend, learned, codes);
  const orders = { count: 1, ranks: rotation(spec.columnCount, 0, spec.factorCount) };
  const losses = await lossOfEach(backend, rows, orders);
  const result = new Float64Array(rows);
  for (let at = 0; at < losses.length; at++) result[at % rows]! -= losses[at]!;
  return result;
}

/** [sub-columns × rows] −log p, nats. */
async function lossOfEach(backend: Backend, rows: number, orders: OrderTable): Promise<Float64Array> {
  const ask = (chosen: Uint32Array) => ({
    rows: chosen,
    orders,
    orderOf: new Uint16Array(chosen.length),
    weights: 'average' as const,
  });
  if (backend.evaluateEach)
    return backend.evaluateEach(ask(Uint32Array.from({ length: rows }, (_, row) => row)));
  const each: Float64Array[] = [];
  for (let row = 0; row < rows; row++) each.push(await backend.evaluate(ask(Uint32Array.of(row))));
  return Float64Array.from({ length: rows * (each[0]?.length ?? 0) }, (_, at) => {
    return each[at % rows]![Math.floor(at / rows)]!;
  });
}
