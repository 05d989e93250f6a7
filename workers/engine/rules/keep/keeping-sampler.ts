import { type ColumnData, takeRows } from '../../../../src/domain/column-data';
import { hash, hashText } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import type { RuleColumn } from '../../../rules/rule-column';
import { joined, withRows } from '../../models/drawn-blocks';
import { sliceRows } from '../../models/given-cells';
import type { KeptRules } from '../../models/kept-rules';
import type { FeatureColumn, GivenColumn, RowBlock, SampleRequest, Sampler } from '../../models/model';
import { WrappingSampler } from '../../models/wrapping-sampler';
import { brokenRows, checkedRules } from './broken-rows';
import type { GivenCells } from './changes';
import { cellsOfRows, indices, range, repeated, rowCountOf, takeEach, withCopies } from './drawn-rows';
import { alikeRows, equalStates, surplusRows } from './equal-shares';
import { extraValues, type LearnedColumn, learnedOrder, sourcesOf } from './extra-columns';
import { numbered } from './numbered-rows';
import { restoreColumns } from './restore';
import { SpareRows } from './spare-rows';

/** Times that rows which break a rule are drawn again. */
const MAX_ROUNDS = 12;
/** Of these, rounds in which the same columns must be equal. */
const ALIKE_ROUNDS = 4;
/** Fewer rows are drawn independently. */
const BALANCED_FROM = 1000;
/** Rows drawn for each that is wanted, at least this many in all. */
const SPARE = 2;
const MIN_DRAWN = 64;

/** Rows from one at which drawing can begin again to the next, about. */
const STRETCH_ROWS = 50_000;
/** Rows kept for others that are to be replaced. */
const MAX_SPARE = 4096;

type Schema = FeatureColumn['schema'];

interface Redraw {
  /**
   * Gives other rows for those that break a rule: some for each, in their order, where cells are given; else any number of
   * rows that keep the rules.
   */
  readonly drawAgain: (rows: Uint32Array, round: number) => Promise<RuleColumn[]>;
  /** Takes those that replace none. */
  readonly putBack?: (columns: readonly RuleColumn[]) => void;
}

/**
 * A sampler whose rows keep the rules of its table: columns are made to agree, and rows that still break a rule are drawn
 * again. It has the columns of the table alone; those that the model learns besides stay inside.
 */
export class KeepingSampler extends WrappingSampler {
  readonly #kept: KeptRules;
  readonly #schemas: readonly Schema[];
  readonly #order: readonly LearnedColumn[];
  readonly #checked: readonly Rule[];

  /** @param schemas of the table's features, without the columns that are learned besides */
  constructor(inner: Sampler, kept: KeptRules, schemas: readonly Schema[]) {
    super(inner);
    this.#kept = kept;
    this.#schemas = schemas;
    this.#order = learnedOrder(
      schemas.map(({ name }) => name),
      kept.extras,
    );
    this.#checked = checkedRules(kept);
  }

  async *rows(request: SampleRequest): AsyncGenerator<RowBlock> {
    let spare = new SpareRows();
    let stretch = -1;
    for await (const { point, ...block } of this.inner.rows(request)) {
      // Rows that are left over do not outlast a stretch: drawing can begin with each.
      const isFirst = Math.floor(block.row0 / STRETCH_ROWS) !== stretch;
      stretch = Math.floor(block.row0 / STRETCH_ROWS);
      if (isFirst) spare = new SpareRows();
      const drawAgain = async (rows: Uint32Array, round: number) => {
        // Rows that are to be equal in the same columns are chosen among all that there are.
        const isChosen = Boolean(this.#kept.equalShares?.length);
        const wanted = SPARE * rows.length;
        const count = isChosen ? Math.max(rows.length, wanted - spare.count) : wanted;
        if (isChosen || spare.count < rows.length)
          spare.add(await this.#fresh(Math.max(MIN_DRAWN, count), request, block.row0, round));
        return spare.take(isChosen ? Math.min(spare.count, Math.max(MAX_SPARE, wanted)) : rows.length);
      };
      const putBack = (columns: readonly RuleColumn[]) => {
        if (spare.count < MAX_SPARE) spare.add(columns);
      };
      const isBalanced = request.configuration.sampling === 'balanced' && request.rows >= BALANCED_FROM;
      const redraw = { drawAgain, putBack };
      const kept = await this.#keep(block, new Map(), redraw, null, request.seed, isBalanced);
      yield { ...block, ...kept, ...(isFirst && point && { point }) };
    }
  }

  override async *complete(given: readonly GivenColumn[], request: SampleRequest): AsyncGenerator<RowBlock> {
    for await (const block of this.inner.complete(given.map(this.#learned), request)) {
      const { row0, rows } = block;
      const own = given.map((column) => ({
        ...column,
        data: sliceRows(column.data, row0, row0 + rows),
        given: column.given?.subarray(row0, row0 + rows) ?? null,
      }));
      const cells: GivenCells = new Map(
        own.map((column) => [this.#schemas[column.feature]!.name, column.given ?? 'all']),
      );
      const drawAgain = async (rows: Uint32Array, round: number) => {
        const failing = repeated(rows);
        const again = own.map((column) => ({
          ...column,
          data: takeRows(column.data, failing),
          given: column.given && Uint8Array.from(failing, (row) => column.given![row]!),
        }));
        const seed = hash(request.seed, hashText('draw again'), row0, round);
        const blocks = this.inner.complete(again.map(this.#learned), {
          ...request,
          rows: failing.length,
          seed,
        });
        return this.#restore(await joined(blocks), cellsOfRows(cells, failing), seed);
      };
      yield { ...block, ...(await this.#keep(block, cells, { drawAgain }, own, request.seed)) };
    }
  }

  override isInvented(feature: number): boolean {
    return super.isInvented(this.#learnedIndex(feature));
  }

  override async logProbability(columns: readonly ColumnData[]): Promise<Float64Array> {
    const byName = (name: string): RuleColumn => {
      const index = this.#schemas.findIndex((schema) => schema.name === name);
      const { storageType } = this.#schemas[index]!;
      return { name, storageType, data: columns[index]! };
    };
    const all = this.#order.map((learned) => {
      if ('feature' in learned) return columns[learned.feature]!;
      const extra = this.#kept.extras[learned.extra]!;
      return extraValues(extra, sourcesOf(extra).map(byName));
    });
    return super.logProbability(all);
  }

  /** A column of the table as the one that the model learned. */
  readonly #learned = (column: GivenColumn): GivenColumn => ({
    ...column,
    feature: this.#learnedIndex(column.feature),
  });

  #learnedIndex(feature: number): number {
    return this.#order.findIndex((learned) => 'feature' in learned && learned.feature === feature);
  }

  /** Rows without given cells that keep the rules, as many as there are among `count`. */
  async #fresh(count: number, request: SampleRequest, row0: number, round: number): Promise<RuleColumn[]> {
    const seed = hash(request.seed, hashText('draw again'), row0, round);
    const configuration = { ...request.configuration, sampling: 'independent' as const };
    const columns = this.#restore(
      await joined(this.inner.rows({ rows: count, seed, configuration })),
      new Map(),
      seed,
    );
    const good = indices(brokenRows(columns, this.#kept, this.#checked, seed), 0);
    return takeEach(columns, good);
  }

  /**
   * The columns of a block, in which rows that break a rule are replaced, and how many were.
   * @param isBalanced often equal columns are to be equal in their share of the block's rows
   */
  async #keep(
    block: RowBlock,
    cells: GivenCells,
    { drawAgain, putBack }: Redraw,
    given: readonly GivenColumn[] | null,
    requestSeed: number,
    isBalanced = false,
  ): Promise<Required<Pick<RowBlock, 'columns' | 'mended'>> & Pick<RowBlock, 'unkept'>> {
    const seed = hash(requestSeed, hashText('keep'), block.row0);
    let columns = this.#restore(block.columns, cells, seed);
    const broken = brokenRows(columns, this.#kept, this.#checked, seed, given !== null);
    // Given cells decide what is equal.
    const states = given || !this.#kept.equalShares?.length ? null : equalStates(columns, this.#kept);
    const surplus = new Set(
      states && isBalanced ? surplusRows(states, this.#kept, broken.slice(), seed) : [],
    );
    let failing = indices(broken, 1);
    if (surplus.size > 0) failing = Uint32Array.from([...failing, ...surplus]).sort();
    const drawnAgain = failing.length;
    for (let round = 0; round < MAX_ROUNDS && failing.length > 0; round++) {
      if (round === ALIKE_ROUNDS) failing = failing.filter((row) => !surplus.has(row));
      const others = await drawAgain(failing, round);
      const good = given
        ? indices(brokenRows(others, this.#kept, this.#checked, hash(seed, round), true), 0)
        : range(rowCountOf(others));
      const wanted = repeated(failing);
      let usable = given ? good.filter((i, k) => wanted[i] !== wanted[good[k - 1] ?? -1]) : good;
      let replaced = given ? usable.map((i) => wanted[i]!) : failing.slice(0, usable.length);
      if (states && round < ALIKE_ROUNDS)
        ({ usable, replaced } = alikeRows(failing, states, equalStates(others, this.#kept)));
      columns = columns.map((column, k) => ({
        ...column,
        data: withRows(column.data, replaced, others[k]!.data, usable),
      }));
      const used = new Set(usable);
      putBack?.(
        takeEach(
          others,
          range(rowCountOf(others)).filter((row) => !used.has(row)),
        ),
      );
      const done = new Set(replaced);
      failing = failing.filter((row) => !done.has(row));
    }
    if (failing.length > 0 && !given) columns = withCopies(columns, failing, block.rows);
    const copied = given ? 0 : failing.length;
    columns = numbered(columns, this.#kept.rules, cells, block.row0).filter(
      (_, i) => 'feature' in this.#order[i]!,
    );
    const unkept = given && failing.length > 0 ? { unkept: failing } : {};
    return { columns: columns.map(({ data }) => data), mended: { drawnAgain, copied }, ...unkept };
  }

  /** All columns, those that are learned besides among them. */
  #restore(columns: readonly ColumnData[], cells: GivenCells, seed: number): RuleColumn[] {
    const named = this.#order.map((learned, i): RuleColumn => {
      const schema =
        'feature' in learned ? this.#schemas[learned.feature]! : this.#kept.extras[learned.extra]!.schema;
      return { name: schema.name, storageType: schema.storageType, data: columns[i]! };
    });
    return restoreColumns(named, this.#kept.steps, cells, seed);
  }
}
