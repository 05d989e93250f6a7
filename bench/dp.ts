import { existsSync } from 'node:fs';
import { audit, columnLength, type NamedColumn, privateRows, reportOn, secureBits } from './engine';
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

/**
 * Private marginals by ε: accuracy against the training rows, AUC of trees trained on synthetic rows and tested on
 * held-out ones, CPU seconds of the training; then a canary audit. Noise is secure, so figures differ from run to run.
 * Arguments: tables (`adult beijing airbnb telco`), `--epsilons 1,2.4,3`, `--runs 1`, `--audit 1000` trainings (0 = none),
 * `--telco FILE`.
 */
export async function run(args: readonly string[]): Promise<void> {
  const named = Object.keys(TARGETS).filter((name) => args.includes(name));
  const epsilons = (optionOf(args, 'epsilons') ?? '1,2.4,3').split(',').map(Number);
  const runs = Number(optionOf(args, 'runs') ?? 1);
  print(`Private marginals, δ 1e-5, ${describeProcess()}, one thread`);
  print(row(['table', 'ε', 'spent', 'uni', 'biv', '(u+b)/2', 'tri', 'AUC', 'CPU s']));
  for (const name of named.length > 0 ? named : Object.keys(TARGETS)) {
    const table = await read(name, optionOf(args, 'telco') ?? TELCO);
    if (table) await measure(name, table, epsilons, runs);
    else print(`SKIPPED ${name}: its file is missing.`);
  }
  const trainings = Number(optionOf(args, 'audit') ?? 1000);
  for (const maxEpsilon of trainings > 0 ? [...epsilons, 10] : []) {
    const found = await audit({ maxEpsilon, delta: 1e-5 }, trainings, secureBits);
    print(
      `audit of ε ${maxEpsilon}: at least ${found.lowerBound.toFixed(3)} (95 %), ${found.trainings} trainings, ${found.truePositives.toFixed(3)} found at ${found.falsePositives.toFixed(3)} false alarms`,
    );
  }
}

async function read(name: string, telco: string): Promise<BenchTable | null> {
  if (name === 'telco') return existsSync(telco) ? readHalves(telco) : null;
  const known = name as Parameters<typeof readBenchTable>[0];
  return missingFile(known) ? null : readBenchTable(known);
}

async function measure(name: string, table: BenchTable, epsilons: readonly number[], runs: number) {
  const target = TARGETS[name]!;
  const auc = (rows: readonly NamedColumn[]) => predictionAuc(rows, table.holdout, target).toFixed(4);
  const real = await accuracyOf(table, table.holdout);
  print(row([name, 'holdout', '', ...real.map((value) => value.toFixed(4)), auc(table.training), '']));
  for (const maxEpsilon of epsilons) {
    for (let seed = 1; seed <= runs; seed++) {
      const { columns, ledger, cpuSeconds } = await privateRows(table.training, seed, { maxEpsilon });
      const accuracy = await accuracyOf(table, columns);
      const cells = [...accuracy.map((value) => value.toFixed(4)), auc(columns), cpuSeconds.toFixed(2)];
      print(row([name, String(maxEpsilon), ledger.epsilon.toFixed(3), ...cells]));
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
