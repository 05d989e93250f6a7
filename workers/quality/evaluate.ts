import type { Correlations } from '../../src/domain/likeness';
import { allowance, DEFAULT_LIMITS } from '../../src/domain/report-limits';
import type { Histogram, KeptDependences, WholeReport } from '../../src/domain/reports';
import { worstFirst } from '../../src/domain/worst-first';
import type { JobContext, JobStep } from '../../src/threads/run-job';
import type { ThreadSource } from '../../src/threads/thread';
import type { BinnedColumn } from './accuracy/bin-column';
import { roundTo } from './accuracy/distribution';
import { type JointScores, scoreJoint, summarize } from './accuracy/joint-scores';
import { scoreErrors } from './accuracy/score-errors';
import { testPrivacy } from './attacks/test-privacy';
import { bivariateChart, chartedPairs, univariateChart } from './charts/build-charts';
import type { OriginalRows } from './charts/original-rows';
import { CoherenceScores } from './coherence/coherence';
import { familyOf } from './columns';
import { distanceCurves, distanceMetrics } from './distances/distance-metrics';
import { nearCopies } from './distances/near-copies';
import { MAX_TERMS, nearestRecords } from './distances/nearest-records';
import { sampleSubjects } from './distances/subject-samples';
import { worstSubspace } from './distances/worst-subspace';
import { likenessOf } from './likeness';
import { reportNotes } from './notes';
import { Pacer } from './pacing';
import { Parts } from './parts/parts';
import { Preparation } from './preparation';
import type { EvaluateRequest } from './protocol';
import { readKey } from './read-key';
import { type ColumnSource, planColumns, readColumns } from './read-sets';
import { originalSubjects, readSubjects, readSyntheticSubjects } from './read-subjects';
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
