import {
  type ColumnData,
  columnLength,
  concatenate,
  type NamedColumn,
  type NumberColumn,
  takeRows,
} from '../../src/domain/column-data';
import { UserError } from '../../src/domain/errors';
import type { Reconciled } from '../../src/domain/reconcile-types';
import { DEFAULT_LIMITS, type ReportLimits } from '../../src/domain/report-limits';
import type { Histogram, WholeReport } from '../../src/domain/reports';
import { type BinnedColumn, binColumn } from './accuracy/bin-column';
import { comparisonCount } from './accuracy/joint-scores';
import { AttackSets } from './attacks/attack-sets';
import { histogram } from './charts/histogram';
import { OriginalRows } from './charts/original-rows';
import type { CoherenceScores } from './coherence/coherence';
import { familyOf } from './columns';
import type { ComparedSubjects } from './distances/distance-metrics';
import { encodeColumn, PointBuilder } from './distances/encode';
import { queryCount } from './distances/nearest-records';
import { distanceRows, sampleRows } from './distances/sampling';
import type { SubjectSamples } from './distances/subject-samples';
import { LikenessColumns } from './likeness';
import type { Pacer } from './pacing';
import type { Parts } from './parts/parts';
import type { EvaluateRequest } from './protocol';
import type { ColumnPlan, ColumnSets } from './read-sets';
import { rowOfEachSubject } from './read-subjects';

interface RowSamples {
  readonly training: Uint32Array;
  readonly holdout: Uint32Array;
  readonly synthetic: Uint32Array;
}

/** Turns columns one after the other into what the metrics need. */
export class Preparation {
  readonly binned: BinnedColumn[] = [];
  readonly histograms: (Histogram | null)[] = [];
  readonly points = new PointBuilder();
  readonly attacked: AttackSets;
  readonly likeness: LikenessColumns;
  rows: WholeReport['rows'] = { training: 0, holdout: 0, synthetic: 0 };
  holdout: WholeReport['holdout'] = 'none';
  readonly reconciled: Reconciled[] = [];
  /** Rows of training and holdout together; null before the first column. */
  original: OriginalRows | null = null;
  #samples: RowSamples | null = null;
  readonly #request: EvaluateRequest;
  readonly #plan: ColumnPlan;
  readonly #people: SubjectSamples | null;
  /** Rows of the original, one of each person; null = all. */
  readonly #oneOfEach: Uint32Array | null;
  /** Of each row of the original; null = each is somebody's own. */
  readonly #subjects: Uint32Array | null;
  readonly #parts: Parts;
  readonly #coherence: CoherenceScores | null;
  readonly #pacer: Pacer;
  readonly #limits: ReportLimits;

  /** @param whose `compared`: rows of equally many people of both sets; `people`: subjects of the original's rows */
  constructor(
    request: EvaluateRequest,
    plan: ColumnPlan,
    whose: {
      readonly compared: SubjectSamples | null;
      readonly people: Uint32Array | null;
      readonly coherence: CoherenceScores | null;
    },
    parts: Parts,
  ) {
    this.#request = request;
    this.#limits = request.limits ?? DEFAULT_LIMITS;
    this.#plan = plan;
    this.attacked = new AttackSets(plan.columns.length, request.randomState, this.#limits);
    this.#people = whose.compared;
    this.#subjects = whose.people;
    this.#coherence = whose.coherence;
    this.#oneOfEach = whose.people && rowOfEachSubject(whose.people, request.randomState);
    this.#parts = parts;
    this.#pacer = parts.pacer;
    this.likeness = new LikenessColumns(plan.columns.length, request.randomState);
  }

  /** Whose the rows are that become points. */
  comparedSubjects(): ComparedSubjects | null {
    const samples = this.#samples;
    if (!samples || !this.#people || this.holdout === 'none') return null;
    const { owners, subjects } = this.#people;
    return {
      training: samples.training.map((row) => owners.training[row]!),
      holdout: samples.holdout.map((row) => owners.holdout[row]!),
      subjects,
    };
  }

  async add(sets: ColumnSets): Promise<void> {
    this.#pacer.check();
    this.#samples ??= this.#begin(sets);
    this.reconciled.push(...sets.reconciled);
    const { training, synthetic } = sets;
    const holdout = this.holdout === 'none' ? null : sets.holdout;
    const together = holdout !== null && this.#request.original === 'training+holdout';
    const data = together ? concatenate(training.data, holdout) : training.data;
    const original: NamedColumn = { ...training, data };
    const binned = binColumn(original, synthetic, this.#request.randomState);
    this.binned.push(binned);
    this.#coherence?.add(original, synthetic);
    this.original ??= new OriginalRows(columnLength(data), this.#subjects);
    if (this.#pacer.advance(0)) await this.#pacer.yield();
    this.histograms.push(this.#histogramOf(binned, data, synthetic, training.storageType));
    this.likeness.add(training, holdout, synthetic, together, this.#oneOfEach);
    const samples = this.#samples;
    this.points.add(
      await encodeColumn(
        { ...training, data: takeRows(training.data, samples.training) },
        holdout && takeRows(holdout, samples.holdout),
        takeRows(synthetic, samples.synthetic),
        this.#pacer,
      ),
    );
    if (holdout) this.attacked.add({ ...sets, holdout }, samples);
    if (this.#pacer.advance()) await this.#pacer.yield();
  }

  /** Null of categories and of columns with a bin for each value. */
  #histogramOf(
    { bins }: BinnedColumn,
    data: ColumnData,
    synthetic: ColumnData,
    type: NamedColumn['storageType'],
  ): Histogram | null {
    if (data.kind !== 'number' || synthetic.kind !== 'number') return null;
    if (bins.kind === 'category' || bins.values) return null;
    const people = this.#oneOfEach ? (takeRows(data, this.#oneOfEach) as NumberColumn) : data;
    return histogram(data, synthetic, familyOf(type) === 'datetime', people, this.original!);
  }

  /** With the sizes of the first column: chooses the rows for the distances and announces the work. */
  #begin(sets: ColumnSets): RowSamples {
    const training = columnLength(sets.training.data);
    const synthetic = columnLength(sets.synthetic);
    const holdout = sets.holdout ? columnLength(sets.holdout) : 0;
    if (training === 0 || synthetic === 0) {
      const what = training === 0 ? 'training' : 'synthetic';
      throw new UserError('report/failed', `There is nothing to report on: the ${what} table has no rows.`);
    }
    this.rows = { training, holdout, synthetic };
    this.holdout = holdout > 0 && this.#request.holdout ? this.#request.holdout.origin : 'none';
    const people = holdout > 0 ? this.#people : null;
    const known = people?.training.length ?? training;
    const unseen = people?.holdout.length ?? holdout;
    const sizes = holdout > 0 ? [known, synthetic, unseen] : [known, synthetic];
    const count = distanceRows(sizes, this.#plan.columns, this.#limits);
    const columns = this.#plan.columns.length;
    this.#pacer.expect(
      columns + comparisonCount(columns, this.#limits.triples) + queryCount(count, holdout > 0),
    );
    this.#parts.expect(count, holdout > 0);
    const seed = this.#request.randomState;
    return {
      training: ofPeople(people?.training, sampleRows(known, count, seed, 'training')),
      holdout: ofPeople(people?.holdout, sampleRows(unseen, count, seed, 'holdout')),
      synthetic: sampleRows(synthetic, count, seed, 'synthetic'),
    };
  }
}

/** Rows of a set by their numbers among those of the subjects that were chosen, if any were. */
function ofPeople(rows: Uint32Array | undefined, among: Uint32Array): Uint32Array {
  return rows ? among.map((index) => rows[index]!) : among;
}
