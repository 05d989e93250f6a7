import { existsSync } from 'node:fs';
import {
  argnScore,
  audit,
  columnLength,
  MISMATCH,
  marginalsScore,
  type NamedColumn,
  privateRows,
  reportOn,
  secureBits,
} from './engine';
import { type BenchTable, DATA, missingFile, readBenchTable, readHalves } from './tables';
import { describeProcess, optionOf, print } from './terminal';
import { predictionAuc } from './train-on-synthetic';

const TELCO = `${DATA}telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv`;
/** What boosted trees predict. */
const TARGETS: Readonly<Record<string, string>> = {
  adult: 'income',
  beijing: 'pm2.5',
  airbnb: 'price',
  telco: 'Churn',
};

const FAMILIES = ['marginals', 'argn'] as const;
type Family = (typeof FAMILIES)[number];

/**
 * Private models by ε: accuracy against the training rows, AUC of trees trained on synthetic rows and tested on
 * held-out ones, updates by noisy gradients, CPU seconds of the training; then canary audits. Noise is secure, so figures
 * differ from run to run. Arguments: models (`marginals argn`), tables (`adult beijing airbnb telco`),
 * `--epsilons 1,2.4,3`, `--runs 1`, `--audit 1000` trainings (0 = none), `--telco FILE`.
 */
export async function run(args: readonly string[]): Promise<void> {
  const families = FAMILIES.filter((family) => args.includes(family));
  const models = families.length > 0 ? families : FAMILIES;
  const named = Object.keys(TARGETS).filter((name) => args.includes(name));
  const epsilons = (optionOf(args, 'epsilons') ?? '1,2.4,3').split(',').map(Number);
  const runs = Number(optionOf(args, 'runs') ?? 1);
  print(`Private models, δ 1e-5, ${describeProcess()}, one thread`);
  print(row(['table', 'model', 'ε', 'spent', 'uni', 'biv', '(u+b)/2', 'tri', 'AUC', 'updates', 'CPU s']));
  for (const name of named.length > 0 ? named : Object.keys(TARGETS)) {
    const table = await read(name, optionOf(args, 'telco') ?? TELCO);
    if (table) await measure(name, table, models, epsilons, runs);
    else print(`SKIPPED ${name}: its file is missing.`);
  }
  const trainings = Number(optionOf(args, 'audit') ?? 1000);
  for (const model of trainings > 0 ? models : []) {
    for (const maxEpsilon of [...epsilons, 10]) await auditOf(model, maxEpsilon, trainings);
  }
}

/** Small trainings; of `argn` the steps alone, in one column order and with few rows each, so that there are many. */
async function auditOf(model: Family, maxEpsilon: number, trainings: number) {
  const settings = { maxEpsilon, delta: DELTA };
  // As the plan does, which then takes no step.
  if (model === 'argn' && maxEpsilon < 1.5) return print(`audit of argn, ε ${maxEpsilon}: no steps`);
  const found =
    model === 'argn'
      ? await audit(DELTA, trainings, argnScore(STEPS_OF(settings), secureBits), MISMATCH)
      : await audit(DELTA, trainings, marginalsScore(settings, secureBits));
  print(
    `audit of ${model}, ε ${maxEpsilon}: at least ${found.lowerBound.toFixed(3)} (95 %), ${found.trainings} trainings, ${found.truePositives.toFixed(3)} found at ${found.falsePositives.toFixed(3)} false alarms`,
  );
}

const DELTA = 1e-5;
const STEPS_OF = (settings: object) => ({
  ...{ enableFlexibleGeneration: false, batchSize: 16 },
  differentialPrivacy: { ...settings, valueProtectionEpsilon: null },
});

async function read(name: string, telco: string): Promise<BenchTable | null> {
  if (name === 'telco') return existsSync(telco) ? readHalves(telco) : null;
  const known = name as Parameters<typeof readBenchTable>[0];
  return missingFile(known) ? null : readBenchTable(known);
}

async function measure(
  name: string,
  table: BenchTable,
  models: readonly Family[],
  epsilons: readonly number[],
  runs: number,
) {
  const target = TARGETS[name]!;
  const auc = (rows: readonly NamedColumn[]) => predictionAuc(rows, table.holdout, target).toFixed(4);
  const real = await accuracyOf(table, table.holdout);
  const known = real.map((value) => value.toFixed(4));
  print(row([name, 'holdout', '', '', ...known, auc(table.training), '', '']));
  for (const [model, maxEpsilon] of models.flatMap((own) =>
    epsilons.map((epsilon) => [own, epsilon] as const),
  )) {
    for (let seed = 1; seed <= runs; seed++) {
      const { columns, ledger, cpuSeconds } = await privateRows(table.training, seed, model, { maxEpsilon });
      const accuracy = await accuracyOf(table, columns);
      const cells = [...accuracy.map((value) => value.toFixed(4)), auc(columns)];
      const updates = String(ledger.training?.steps ?? '');
      const spent = ledger.epsilon.toFixed(3);
      print(row([name, model, String(maxEpsilon), spent, ...cells, updates, cpuSeconds.toFixed(2)]));
    }
  }
}

/** Univariate, bivariate, their mean, trivariate. */
async function accuracyOf(table: BenchTable, rows: readonly NamedColumn[]): Promise<number[]> {
  const names = new Set(rows.map(({ name }) => name));
  const training = table.training.filter(({ name }) => names.has(name));
  const synthetic = rows.filter(({ data }) => columnLength(data) > 0);
  const { accuracy } = (await reportOn({ training, synthetic }, { original: 'training' })).metrics;
  const [uni, biv] = [accuracy.univariate ?? Number.NaN, accuracy.bivariate ?? Number.NaN];
  return [uni, biv, (uni + biv) / 2, accuracy.trivariate ?? Number.NaN];
}

function row(cells: readonly string[]): string {
  return `  ${cells.map((cell, i) => (i === 0 ? cell.padEnd(10) : cell.padStart(9))).join('')}`;
}
