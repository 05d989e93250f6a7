import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { columnLength, findRules, holdsIn, type NamedColumn, randomTable, readCsv, says } from './engine';
import { BENCH_TABLES, DATA, missingFile, readBenchTable, withDates } from './tables';
import { optionOf, print } from './terminal';

/**
 * Rules found in generated tables with known ones: found, false and further ones per kind, and CPU seconds; then the
 * rules of the published tables, or of CSV files. False: further rows of the same table break it.
 * `npm run bench -- rules [--from 101] [--tables 200] [--all] [--csv FILE,FILE]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const files = optionOf(args, 'csv');
  if (files !== undefined) {
    for (const file of files.split(','))
      await printRules(basename(file), (await readCsv(file)).map(withDates));
    return;
  }
  await measure(
    Number(optionOf(args, 'from') ?? 101),
    Number(optionOf(args, 'tables') ?? 200),
    args.includes('--all'),
  );
  for (const name of BENCH_TABLES) {
    if (missingFile(name) === null) await printRules(name, (await readBenchTable(name)).training);
  }
  const telco = `${DATA}telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv`;
  if (existsSync(telco)) await printRules('telco', await readCsv(telco));
}

interface Tally {
  planted: number;
  found: number;
  wrong: number;
  further: number;
}

async function measure(from: number, tables: number, all: boolean): Promise<void> {
  const kinds = new Map<string, Tally>();
  const of = (kind: string) => {
    if (!kinds.has(kind)) kinds.set(kind, { planted: 0, found: 0, wrong: 0, further: 0 });
    return kinds.get(kind)!;
  };
  let cpu = 0;
  let worst = 0;
  for (let seed = from; seed < from + tables; seed++) {
    const { columns, planted } = randomTable(seed);
    const again = randomTable(seed, seed + 1_000_000, 20_000);
    const { rules, seconds } = await timedRules(columns);
    cpu += seconds;
    let wrong = 0;
    for (const rule of planted) {
      const found = rules.some((candidate) => says(candidate.rule, rule));
      of(rule.kind).planted++;
      if (found) of(rule.kind).found++;
      else if (all) print(`table ${seed}, missed: ${JSON.stringify(rule)}`);
    }
    for (const checked of rules) {
      const known = planted.some((rule) => says(checked.rule, rule));
      const holds =
        holdsIn(checked, again.columns, columns) && (known || checked.rule.kind !== 'often-equal');
      if (!holds) wrong++;
      if (!holds) of(checked.rule.kind).wrong++;
      else if (!known) of(checked.rule.kind).further++;
      if (all && (!holds || !known))
        print(`table ${seed}, ${holds ? 'further' : 'false'}: ${JSON.stringify(checked)}`);
    }
    worst = Math.max(worst, wrong);
  }
  print(`Tables ${from} to ${from + tables - 1}`);
  print('| kind | planted | found | false | further, true |\n| --- | --- | --- | --- | --- |');
  const sum = { planted: 0, found: 0, wrong: 0, further: 0 };
  for (const [kind, { planted, found, wrong, further }] of [...kinds].sort()) {
    print(`| ${kind} | ${planted} | ${found} | ${wrong} | ${further} |`);
    sum.planted += planted;
    sum.found += found;
    sum.wrong += wrong;
    sum.further += further;
  }
  print(
    `| all | ${sum.planted} | ${sum.found} (${((100 * sum.found) / sum.planted).toFixed(1)} %) | ${sum.wrong} | ${sum.further} |`,
  );
  print(
    `False per table: mean ${(sum.wrong / tables).toFixed(2)}, most ${worst}. ${(cpu / tables).toFixed(2)} CPU s per table.`,
  );
}

async function timedRules(columns: Parameters<typeof findRules>[0]) {
  const start = process.cpuUsage();
  const rules = await findRules(columns, async () => {});
  const { user, system } = process.cpuUsage(start);
  return { rules, seconds: (user + system) / 1e6 };
}

async function printRules(name: string, columns: readonly NamedColumn[]): Promise<void> {
  const { rules, seconds } = await timedRules(columns);
  print(`\n${name}: ${columnLength(columns[0]!.data)} × ${columns.length}, ${seconds.toFixed(2)} CPU s`);
  for (const { rule, applicable, kept } of rules) {
    print(`  ${kept === applicable ? kept : `${kept} of ${applicable}`} ${JSON.stringify(rule)}`);
  }
}
