import { type ColumnData, concatenate, takeRows } from '../../../src/domain/column-data';
import { hash, hashText, toUnit } from '../../../src/domain/random';
import type { SubjectColumns } from '../models/artefact';
import { joined, withRows } from '../models/drawn-blocks';
import type { GivenColumn, RowBlock, SampleRequest, Sampler } from '../models/model';
import { WrappingSampler } from '../models/wrapping-sampler';

interface ConstantColumn {
  readonly feature: number;
  /** Part of the subjects in whose rows it is the same. */
  readonly share: number;
}

/** What the rows so far say of the subjects. */
interface Known {
  /** Number of each subject, by the value of the lead. */
  readonly numbers: Map<string | number, number>;
  /** [constant column] [subject number]: the values of its first row. */
  values: readonly ColumnData[] | null;
}

/**
 * A sampler of rows of which those of one subject agree in what belongs to the subject. The first row of a subject is as it
 * was drawn; of each later one all that does not identify the subject is drawn anew, given what the first one says.
 */
export class SubjectSampler extends WrappingSampler {
  readonly #lead: number;
  readonly #identifying: ReadonlySet<number>;
  readonly #constant: readonly ConstantColumn[];
  readonly #kept: readonly number[];

  /**
   * @param names of the features, in their order
   * @param key names of drawn columns that are unique together: they stay as they are
   */
  constructor(
    inner: Sampler,
    { lead, identifying, constant }: SubjectColumns,
    names: readonly string[],
    key: readonly string[] = [],
  ) {
    super(inner);
    this.#lead = names.indexOf(lead);
    this.#identifying = new Set(identifying.map((name) => names.indexOf(name)));
    this.#kept = key.map((name) => names.indexOf(name)).filter((feature) => !this.#identifying.has(feature));
    this.#constant = constant
      .map(({ name, share }) => ({ feature: names.indexOf(name), share }))
      .filter(({ feature }) => !this.#kept.includes(feature));
  }

  async *rows(request: SampleRequest): AsyncGenerator<RowBlock> {
    const known: Known = { numbers: new Map(), values: null };
    // What the first rows of subjects say cannot be told from the number of a block: drawing begins again with the first.
    const { from: _from, ...whole } = request;
    for await (const { point, ...block } of this.inner.rows(whole)) {
      const { later, subjects } = this.#meet(block, known);
      const agreed = later.length > 0 ? await this.#agree(block, later, subjects, known, request) : block;
      yield { ...agreed, ...(point && block.row0 === 0 && { point }) };
    }
  }

  /** Notes the subjects that are new in a block; the rows of others, and whose they are. */
  #meet({ columns, rows }: RowBlock, known: Known): { later: Uint32Array; subjects: Uint32Array } {
    const lead = columns[this.#lead]!;
    const first: number[] = [];
    const later: number[] = [];
    const subjects: number[] = [];
    for (let row = 0; row < rows; row++) {
      const value = valueAt(lead, row);
      if (value === null) continue;
      const subject = known.numbers.get(value);
      if (subject === undefined) {
        known.numbers.set(value, known.numbers.size);
        first.push(row);
      } else {
        later.push(row);
        subjects.push(subject);
      }
    }
    const rowsOfNew = Uint32Array.from(first);
    const values = this.#constant.map(({ feature }) => takeRows(columns[feature]!, rowsOfNew));
    known.values = known.values ? known.values.map((old, c) => concatenate(old, values[c]!)) : values;
    return { later: Uint32Array.from(later), subjects: Uint32Array.from(subjects) };
  }

  /** The block with later rows of subjects drawn anew, given what belongs to the subjects. */
  async #agree(
    block: RowBlock,
    later: Uint32Array,
    subjects: Uint32Array,
    { values }: Known,
    { seed, configuration }: SampleRequest,
  ): Promise<RowBlock> {
    const ofSubject = this.#constant.map(({ feature, share }, c): GivenColumn => {
      const isShared = (subject: number) => share === 1 || steadiness(seed, subject) < share;
      return {
        feature,
        data: takeRows(values![c]!, subjects),
        given: share === 1 ? null : Uint8Array.from(subjects, (subject) => Number(isShared(subject))),
      };
    });
    const ofRow = this.#kept.map((feature): GivenColumn => {
      return { feature, data: takeRows(block.columns[feature]!, later), given: null };
    });
    const started = performance.now();
    const parts: RowBlock[] = [];
    const again = {
      rows: later.length,
      seed: hash(seed, hashText('rows of subjects'), block.row0),
      configuration,
    };
    for await (const part of this.inner.complete([...ofSubject, ...ofRow], again)) parts.push(part);
    const drawn = await joined(parts);
    const unkept = new Set(
      parts.flatMap(({ row0, unkept }) => Array.from(unkept ?? [], (row) => row0 + row)),
    );
    const from = Array.from(later.keys()).filter((i) => !unkept.has(i));
    const to = from.map((i) => later[i]!);
    const { drawnAgain = 0, copied = 0 } = block.mended ?? {};
    const mended = parts.reduce((sum, part) => sum + (part.mended?.drawnAgain ?? 0), drawnAgain);
    return {
      ...block,
      columns: block.columns.map((column, feature) =>
        this.#identifying.has(feature) ? column : withRows(column, to, drawn[feature]!, from),
      ),
      seconds: block.seconds + (performance.now() - started) / 1000,
      ...(mended + copied > 0 && { mended: { drawnAgain: mended, copied } }),
    };
  }
}

/** How a subject compares with the others in what stays the same, 0 ≤ u < 1. */
function steadiness(seed: number, subject: number): number {
  return toUnit(hash(seed, hashText('steady subject'), subject));
}

function valueAt(column: ColumnData, row: number): string | number | null {
  if (column.kind === 'text') return column.codes[row]! < 0 ? null : column.dictionary[column.codes[row]!]!;
  return column.nulls?.[row] === 1 ? null : column.values[row]!;
}
