import {
  attackMembership,
  attackShadowRuns,
  codeRows,
  type Estimate,
  type NamedColumn,
  RandomStream,
  type ShadowRun,
} from '../engine';
import { optionOf, print } from '../terminal';
import { CONTROLS, modelSource, type Source } from './membership';
import { appendRows, namedPopulations, type Population, pickRows, rowCount, rowRange } from './populations';

interface OutlierPlan {
  readonly rows: number;
  /** Trainings, each with a random half of the targets. */
  readonly trainings: number;
  readonly targets: number;
  readonly seed: number;
  /** The other rows of all trainings are the same: the attacker knows them. */
  readonly knownRows: boolean;
}

/** Rows among which the most isolated are searched, and rows that their distance is measured to. */
const CANDIDATES = 10_000;
const REFERENCE = 4000;

/**
 * Presence of the most isolated rows by repeated trainings with and without them:
 * `attacks outliers [adult airbnb …] [--csv FILE] [--rows 2000,300] [--trainings 24] [--targets 20] [--known-rows]`.
 */
export async function runOutliers(args: readonly string[]): Promise<void> {
  const settings = JSON.parse(optionOf(args, 'model') ?? '{}');
  for (const population of await namedPopulations(args)) {
    for (const rows of (optionOf(args, 'rows') ?? '2000,300').split(',').map(Number)) {
      const plan: OutlierPlan = {
        rows,
        trainings: Number(optionOf(args, 'trainings') ?? 24),
        targets: Number(optionOf(args, 'targets') ?? 20),
        seed: Number(optionOf(args, 'seed') ?? 1),
        knownRows: args.includes('--known-rows'),
      };
      const others = plan.knownRows ? 'the other rows known' : 'the other rows drawn anew';
      print(
        `\n${population.name}, ${rows} rows, ${plan.targets} most isolated, ${plan.trainings} trainings, ${others}`,
      );
      const copies = Object.keys(CONTROLS).find((name) => name.endsWith('copies'))!;
      const controls = args.includes('--no-controls') ? [] : ['independent columns', copies];
      const drawn = optionOf(args, 'synthetic');
      const model = modelSource(settings, drawn ? Number(drawn) : undefined);
      const sources: (readonly [string, Source])[] = [['model', model]];
      for (const name of controls) sources.push([name, CONTROLS[name]!]);
      for (const [name, source] of sources) {
        const { single, together } = await attackOutliers(population, source, plan);
        print(`  ${name.padEnd(22)}together ${said(together)}`);
        for (const [attack, estimate] of single) print(`    ${attack.padEnd(20)}${said(estimate)}`);
      }
    }
  }
}

function said({ value, error }: Estimate): string {
  return `${value.toFixed(3)} ± ${error.toFixed(3)}`;
}

/** AUC of each score and of all together. */
export async function attackOutliers(
  population: Population,
  source: Source,
  { rows, trainings, targets: count, seed, knownRows }: OutlierPlan,
): Promise<{ single: [string, Estimate][]; together: Estimate }> {
  const wanted = { half: CANDIDATES, reference: REFERENCE, fresh: 4 * CANDIDATES };
  const { first, second, reference, fresh } = population.sample(seed, wanted);
  const known = rowCount(reference) > 0 ? reference : second;
  const targets = pickRows(first, farthestRows(first, known, count));
  const pool = rowCount(fresh) > 0 ? appendRows(fresh, second) : second;
  const stream = new RandomStream(seed, 'shadow runs');
  const inside = count >> 1;
  const others = Math.min(rows - inside, rowCount(pool));
  const fixed = stream.permutation(rowCount(pool)).slice(0, others);
  const runs: ShadowRun[] = [];
  let names: string[] = [];
  for (let run = 0; run < trainings; run++) {
    const chosen = stream.permutation(count).slice(0, inside).sort();
    const drawn = knownRows ? fixed : stream.permutation(rowCount(pool)).slice(0, others);
    const training = shuffled(
      appendRows(pickRows(targets, chosen), pickRows(pool, drawn)),
      seed * 1000 + run,
    );
    const synthetic = await source(training, rowRange(pool, 0, 0), seed * 1000 + run);
    const { scores } = attackMembership(codeRows({ targets, synthetic, reference: known, trained: rows }));
    names = [...scores.keys()];
    const members = new Uint8Array(count);
    for (const target of chosen) members[target] = 1;
    runs.push({ members, features: [...scores.values()] });
  }
  const { single, together } = attackShadowRuns(runs);
  return { single: single.map((estimate, f) => [names[f]!, estimate]), together };
}

/** The rows farthest from their five nearest ones of another set. */
function farthestRows(
  rows: readonly NamedColumn[],
  others: readonly NamedColumn[],
  count: number,
): Uint32Array {
  const coded = codeRows({ targets: rows, synthetic: rowRange(others, 0, 1), reference: others });
  const { isolation } = attackMembership(coded);
  return Uint32Array.from(
    [...isolation.keys()].sort((a, b) => isolation[b]! - isolation[a]!).slice(0, count),
  );
}

function shuffled(table: readonly NamedColumn[], seed: number): NamedColumn[] {
  return pickRows(table, new RandomStream(seed, 'shuffled').permutation(rowCount(table)));
}
