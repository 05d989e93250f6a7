import {
  type ColumnData,
  columnLength,
  concatenate,
  type NamedColumn,
  type NumberColumn,
  takeRows,
} from '../../src/domain/column-data';
import { UserError } from '../../src/domain/errors';
import type { Correlations } from '../../src/domain/likeness';
import type { Reconciled } from '../../src/domain/reconcile-types';
import { allowance, DEFAULT_LIMITS, type ReportLimits } from '../../src/domain/report-limits';
import type { Histogram, KeptDependences, WholeReport } from '../../src/domain/reports';
import { worstFirst } from '../../src/domain/worst-first';
import type { JobContext, JobStep } from '../../src/threads/run-job';
import type { ThreadSource } from '../../src/threads/thread';
import { type BinnedColumn, binColumn } from './accuracy/bin-column';
import { roundTo } from './accuracy/distribution';
import { comparisonCount, type JointScores, scoreJoint, summarize } from './accuracy/joint-scores';
import { scoreErrors } from './accuracy/score-errors';
import { AttackSets } from './attacks/attack-sets';
import { testPrivacy } from './attacks/test-privacy';
import { bivariateChart, chartedPairs, univariateChart } from './charts/build-charts';
import { histogram } from './charts/histogram';
import { OriginalRows } from './charts/original-rows';
import { CoherenceScores } from './coherence/coherence';
import { familyOf } from './columns';
import { type ComparedSubjects, distanceCurves, distanceMetrics } from './distances/distance-metrics';
import { encodeColumn, PointBuilder } from './distances/encode';
import { nearCopies } from './distances/near-copies';
import { MAX_TERMS, nearestRecords, queryCount } from './distances/nearest-records';
import { distanceRows, sampleRows } from './distances/sampling';
import { type SubjectSamples, sampleSubjects } from './distances/subject-samples';
import { worstSubspace } from './distances/worst-subspace';
import { LikenessColumns, likenessOf } from './likeness';
import { reportNotes } from './notes';
import { Pacer } from './pacing';
import { Parts } from './parts/parts';
import type { EvaluateRequest } from './protocol';
import { readKey } from './read-key';
import { type ColumnPlan, type ColumnSets, type ColumnSource, planColumns, readColumns } from './read-sets';
import { originalSubjects, readSubjects, readSyntheticSubjects, rowOfEachSubject } from './read-subjects';
import { reportNothingLearned } from './report-nothing-learned';
import type { ReportThreadApi } from './report-thread-api';
import { scoreRules } from './rules/score-rules';
import { discriminatorRows } from './similarity/discriminator';
import { pcaDensities } from './similarity/pca-densities';
import { similarityOf } from './similarity/similarity';
import { notPredicted } from './usefulness/targets';

/**
 * Computes a whole report. One whole column is in memory at a time. Its bins (a byte a row) stay, and its dimensions of
 * the rows whose distances are compared.
 *
 * @param step counts comparisons: columns, distributions, and queries for the closest record
 * @param threads for what takes longest; null = the calling one. The report is the same.
 * @throws UserError `report/failed` without rows or common columns, `canceled` on abort
 */
export async function evaluate(
  request: EvaluateRequest,
  source: ColumnSource,
  job: Pick<JobContext, 'yield' | 'checkpoint' | 'race'>,
  step: Pick<JobStep, 'update'>,
  threads: ThreadSource<ReportThreadApi> | null,
): Promise<WholeReport> {
  const started = performance.now();
  if (request.columns.length === 0) return reportNothingLearned(request, source, started);
  const parts = new Parts(threads, new Pacer(job, step));
  try {
    return await job.race(() => compute(request, source, parts, threads, started));
  } finally {
    parts.dispose();
  }
}

/** What does not depend on each other goes on side by side: on the threads, and here where it needs whole columns. */
async function compute(
  request: EvaluateRequest,
  source: ColumnSource,
  parts: Parts,
  threads: ThreadSource<ReportThreadApi> | null,
  started: number,
): Promise<WholeReport> {
  const { pacer } = parts;
  const limits = request.limits ?? DEFAULT_LIMITS;
  const { randomState: seed } = request;
  const plan = await planColumns(source, request);
  const subjects = await readSubjects(request, source);
  const compared = sampleSubjects(subjects, request.randomState);
  const together = request.original === 'training+holdout';
  const people = subjects && originalSubjects(subjects, together);
  const drawn = people && (await readSyntheticSubjects(request, source));
  const sequences = people && drawn ? new CoherenceScores(people, drawn, request.randomState) : null;
  const preparation = new Preparation(request, plan, { compared, people, coherence: sequences }, parts);
  for await (const sets of readColumns(source, request, plan)) await preparation.add(sets);
  await pacer.yield();
  const { binned, histograms, rows, holdout } = preparation;
  const coherence = sequences?.told() ?? null;
  const comparedPeople = preparation.comparedSubjects();
  const keptRules = scoreRules(request, source, plan.columns, pacer);
  const measureLikeness = async () => {
    const joint = await scoreJoint(binned, seed, pacer, people, limits.triples);
    const [likeness, charts] = await Promise.all([
      likenessOf(
        preparation.likeness,
        correlations(binned, joint),
        preparation.original!,
        plan,
        request,
        { rules: await keptRules, key: await readKey(request, source) },
        limits,
        parts,
      ),
      drawCharts(binned, histograms, joint, preparation.original!, pacer),
    ]);
    return { joint, charts, likeness, dependences: keptDependences(binned, joint) };
  };
  const measureDistances = async () => {
    const points = await preparation.points.finish(pacer);
    const terms = MAX_TERMS * allowance(limits, 'distanceRows') ** 2;
    const nearest = await nearestRecords(points, pacer, seed, threads, terms);
    const [subspace, similarity, pca] = await Promise.all([
      worstSubspace(points, nearest, comparedPeople, seed, pacer, threads),
      similarityOf(points, seed, limits, parts),
      pcaDensities(points, comparedPeople, seed, pacer),
    ]);
    const told = Math.min(points.training.rows, discriminatorRows(points.training, limits));
    return { nearest, subspace, similarity, pca, told };
  };
  const [
    attacks,
    { joint, charts, likeness, dependences },
    { nearest, subspace, similarity, pca, told },
    rules,
  ] = await Promise.all([
    testPrivacy(preparation, request.attacked ?? null, { seed, limits }, parts),
    measureLikeness(),
    measureDistances(),
    keptRules,
  ]);
  await parts.finish();
  await pacer.yield();
  return {
    id: request.reportId,
    syntheticDatasetId: request.syntheticDatasetId,
    createdAt: new Date().toISOString(),
    rows,
    distanceRows: nearest.synTrn.distances.length,
    holdout,
    metrics: {
      accuracy: summarize(joint, coherence),
      distances: distanceMetrics(nearest, comparedPeople),
      similarity,
    },
    univariate: worstFirst(charts.univariate),
    bivariate: worstFirst(charts.bivariate),
    bivariateScores: joint.bivariate.map(({ columns: [a, b], accuracy, accuracyMax }) => ({
      column1: binned[a]!.name,
      column2: binned[b]!.name,
      accuracy,
      accuracyMax,
    })),
    dependences,
    trivariateScores: joint.trivariate.map(({ columns: [a, b, c], ...score }) => ({
      columns: [binned[a]!.name, binned[b]!.name, binned[c]!.name],
      ...score,
    })),
    rules,
    ...(request.withScoreErrors && {
      scoreErrors: await scoreErrors(binned, request.randomState, pacer),
    }),
    reconciled: [...plan.apart, ...preparation.reconciled],
    privacyTests: { nearCopies: nearCopies(nearest), ...attacks },
    dateColumns: plan.columns.flatMap(({ name, storageType }) =>
      familyOf(storageType) === 'datetime' ? [name] : [],
    ),
    distances: distanceCurves(nearest),
    likeness: {
      ...likeness,
      discriminatorRows: told,
      ...(subspace && { subspace }),
      ...(coherence && { coherence }),
      pca,
    },
    notes: [
      ...notPredicted(
        request.targets ?? [],
        (likeness.usefulness ?? []).map(({ target }) => target),
      ),
      ...reportNotes({
        rows,
        dependences,
        distanceRows: nearest.synTrn.distances.length,
        distanceSubjects: compared?.subjects ?? null,
        holdout,
        steered: request.holdout?.steered ?? true,
        original: request.original,
        excluded: plan.excluded,
        missing: plan.missing,
        freeText: binned.filter(({ freeText }) => freeText).map(({ name }) => name),
        hasTexts: plan.columns.some(({ storageType }) => familyOf(storageType) === 'category'),
        columns: binned.length,
        limits,
      }),
    ],
    limits,
    seconds: (performance.now() - started) / 1000,
  };
}

interface RowSamples {
  readonly training: Uint32Array;
  readonly holdout: Uint32Array;
  readonly synthetic: Uint32Array;
}

/** Turns columns one after the other into what the metrics need. */
class Preparation {
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

async function drawCharts(
  binned: readonly BinnedColumn[],
  histograms: readonly (Histogram | null)[],
  joint: JointScores,
  rows: OriginalRows,
  pacer: Pacer,
): Promise<Pick<WholeReport, 'univariate' | 'bivariate'>> {
  const univariate = binned.map((column, i) =>
    univariateChart(column, joint.univariate[i]!, histograms[i]!, rows),
  );
  const bivariate: WholeReport['bivariate'][number][] = [];
  for (const pair of chartedPairs(joint.bivariate)) {
    const [a, b] = pair.columns;
    bivariate.push(bivariateChart(binned[a]!, binned[b]!, pair, rows));
    if (pacer.advance(0)) await pacer.yield();
  }
  return { univariate, bivariate };
}

function keptDependences(binned: readonly BinnedColumn[], { bivariate }: JointScores): KeptDependences {
  return {
    notable: bivariate.filter(({ isNotable }) => isNotable).length,
    weaker: bivariate
      .filter(({ isWeaker }) => isWeaker)
      .map(({ columns: [a, b], dependence, syntheticDependence }) => ({
        column1: binned[a]!.name,
        column2: binned[b]!.name,
        original: roundTo(dependence, 4),
        synthetic: roundTo(syntheticDependence, 4),
      }))
      .sort((a, b) => b.original - b.synthetic - (a.original - a.synthetic)),
  };
}

function correlations(binned: readonly BinnedColumn[], { bivariate }: JointScores): Correlations {
  const size = binned.length;
  const identity = () => Array.from({ length: size * size }, (_, cell) => Number(cell % (size + 1) === 0));
  const [original, synthetic] = [identity(), identity()];
  for (const {
    columns: [a, b],
    correlation,
    syntheticCorrelation,
  } of bivariate) {
    for (const cell of [a * size + b, b * size + a]) {
      original[cell] = correlation;
      synthetic[cell] = syntheticCorrelation;
    }
  }
  return { columns: binned.map(({ name }) => name), original, synthetic };
}
