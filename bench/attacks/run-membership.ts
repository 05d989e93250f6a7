import { optionOf, print } from '../terminal';
import {
  type AttackResult,
  attackSource,
  CONTROLS,
  type MembershipPlan,
  modelSource,
  onlyColumns,
} from './membership';
import { generatedPopulation, namedPopulations, normalColumns, type Population } from './populations';

/** Tables of independent normal columns: rows × columns. */
const NORMALS = [
  [10_000, 30],
  [24_000, 10],
] as const;

/** Plain membership on tables: `attacks membership [adult airbnb …] [--csv FILE] [--rows 2000,300] [--pairs 2] …` */
export async function runMembership(args: readonly string[]): Promise<void> {
  const columns = optionOf(args, 'columns')?.split(',') ?? [];
  for (const population of await namedPopulations(args)) {
    for (const rows of (optionOf(args, 'rows') ?? '2000,300').split(',').map(Number))
      await attackAll(onlyColumns(population, columns), rows, args, [
        'fresh sample',
        'independent columns',
        '10 % copies',
      ]);
  }
}

/** Reference rows of made-up tables: nearly the distribution itself. */
const KNOWN_ROWS = 200_000;

/** Membership through the marginals of independent columns, which no pair can explain: `attacks marginals`. */
export async function runMarginals(args: readonly string[]): Promise<void> {
  const sizes =
    optionOf(args, 'size')
      ?.split(',')
      .map((size) => size.split('x').map(Number)) ?? NORMALS;
  for (const [rows, columns] of sizes) {
    const population = generatedPopulation(`${columns} independent normal columns`, normalColumns(columns!));
    await attackAll(
      population,
      rows!,
      args,
      ['fresh sample', 'independent columns', 'plain 100 bins'],
      KNOWN_ROWS,
    );
  }
}

async function attackAll(
  population: Population,
  rows: number,
  args: readonly string[],
  controls: readonly string[],
  reference = Math.max(10_000, 2 * rows),
): Promise<void> {
  const plan: MembershipPlan = {
    rows,
    pairs: Number(optionOf(args, 'pairs') ?? 2),
    seed: Number(optionOf(args, 'seed') ?? 1),
    reference: Number(optionOf(args, 'reference') ?? reference),
    targets: Number(optionOf(args, 'targets') ?? 5000),
    near: Number(optionOf(args, 'near') ?? 10_000),
  };
  const synthetic = optionOf(args, 'synthetic');
  const model = modelSource(
    JSON.parse(optionOf(args, 'model') ?? '{}'),
    synthetic ? Number(synthetic) : undefined,
  );
  print(`\n${population.name}, ${rows} rows, ${plan.pairs} swapped pairs`);
  print(line('', ['AUC', '± s.e.', 'TPR 1 %', 'TPR 10 %', 'isolated', '± s.e.']));
  print(line('chance', ['.5000', '', '.0100', '.1000', '.5000', '']));
  const wanted = args.includes('--no-controls') ? [] : controls;
  for (const [name, source] of [
    ['model', model] as const,
    ...wanted.map((name) => [name, CONTROLS[name]!] as const),
  ]) {
    const started = process.cpuUsage();
    const results = await attackSource(population, source, plan);
    if (!results) {
      print(`  ${name}: the table has no rows left for it`);
      continue;
    }
    const { user, system } = process.cpuUsage(started);
    print(`  ${name} (${((user + system) / 1e6).toFixed(0)} CPU s)`);
    for (const [attack, result] of results) print(line(`  ${attack}`, cellsOf(result)));
  }
}

function cellsOf({ auc, at1, at10, isolated }: AttackResult): string[] {
  return [auc.value, auc.error, at1, at10, isolated.value, isolated.error].map((value) => fixed(value));
}

function fixed(value: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(4).replace(/^0/, '');
}

function line(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(22)}${cells.map((cell) => cell.padStart(10)).join('')}`;
}
