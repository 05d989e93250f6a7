import type { CheckedRule, Rule } from '../../../../src/domain/rules';
import { columnsOfRule, NEARLY } from '../../../../src/domain/rules';
import { isDate } from '../../../rules/rule-column';
import type {
  CellTie,
  EqualShare,
  EqualTie,
  ExtraColumn,
  KeptRules,
  NearlyRule,
  PeriodTie,
} from '../../models/kept-rules';
import type { FeatureColumn } from '../../models/model';
import type { TableProtection } from '../../privacy/table-protection';
import { findPlanes } from '../plane/find-planes';
import { planPlane } from '../plane/plan-plane';
import { assignTarget } from './assign-target';
import { computedLimits } from './computed-limits';
import { freeName, planCell, planEqual, planGap, planPeriod, type ReadColumn } from './extra-columns';
import { decideLevels, findLevelLattices, type LevelLattices } from './find-level-lattices';
import { findPeriods } from './find-periods';
import { planCompared } from './plan-compared';
import { isCoded, lookUpStep, withDependency } from './plan-dependency';
import { planRatios } from './plan-ratios';
import {
  cellStep,
  computeStep,
  gapStep,
  isPossible,
  latticeStep,
  makesMissing,
  type PlannedStep,
  roundStep,
  setStep,
  stepsInOrder,
  writes,
} from './plan-steps';
import { quietAges } from './quiet-ages';
import { quietExclusions } from './quiet-exclusions';
import { quietFactors } from './quiet-factors';
import { quietOrders } from './quiet-orders';
import { followsRows } from './row-order';
import { priority } from './rule-priority';

/** Pairs of often equal columns whose shares are kept; of more, a row drawn again for one would move the others'. */
const MAX_SHARES = 4;

/**
 * How the rules that all training rows keep are kept in generated ones. Rules about columns that are not learned, and
 * those that nothing here can keep, are left out.
 * @param protection what few rows share must not be seen
 */
export async function planKeeping(
  checked: readonly CheckedRule[],
  features: readonly FeatureColumn[],
  read: ReadColumn,
  protection: TableProtection,
  pause: () => Promise<void>,
): Promise<KeptRules> {
  const known = new Map(features.map((feature) => [feature.schema.name, feature]));
  const rules: Rule[] = [];
  const extras: ExtraColumn[] = [];
  let steps: PlannedStep[] = [];
  const take = (rule: Rule, planned: PlannedStep | null): void => {
    if (planned && !isPossible(steps, planned)) return;
    if (planned) steps.push(planned);
    rules.push(rule);
  };
  const usable = checked
    .filter(({ rule }) => columnsOfRule(rule).every((name) => known.has(name)))
    .sort((a, b) => priority(a.rule) - priority(b.rule));
  const always = usable.filter(({ kept, applicable }) => kept === applicable).map(({ rule }) => rule);
  const numbered = new Set(always.flatMap((rule) => (rule.kind === 'running-number' ? [rule.column] : [])));
  const isTimeSeries = numbered.size > 0 && (await followsRows(features, numbered, read));
  const isNumbered = (names: readonly string[]) => !isTimeSeries && names.every((name) => numbered.has(name));
  const lattices = await findLevelLattices(features, read, pause);
  const deciding: LevelLattices[] = [];
  for (const rule of always) {
    switch (rule.kind) {
      case 'linear':
      case 'product': {
        const next = await assignTarget(rule, steps, rules, known, read);
        if (!next) break;
        steps = next;
        rules.push(rule);
        break;
      }
      case 'extreme': {
        const own = computeStep(rule, known, 0);
        // A name that follows from other numbers is one of few: rows that miss it are drawn again.
        take(rule, rule.cells && !isPossible(steps, own) ? null : own);
        break;
      }
      case 'date-part':
      case 'age':
        take(rule, computeStep(rule, known, 0));
        break;
      case 'thresholds': {
        const own = computeStep(rule, known, 0);
        // Codes restrict the draw of a number and its class: where one is computed anyhow, few rows are drawn again.
        const isRestricted = rule.minus === undefined && !isDate(known.get(rule.column)!.schema);
        take(rule, isRestricted && !isPossible(steps, own) ? null : own);
        break;
      }
      case 'date-count':
        // Where the date and its count both number the rows, they agree anyhow.
        take(rule, isNumbered([rule.target, ...rule.date]) ? null : computeStep(rule, known, 0));
        break;
      case 'functional-dependency': {
        // The other way round: a number that decides a level by its lattice is moved to it.
        const lattice = lattices.find(
          ({ column, by }) => rule.determinant.join() === column && rule.dependent === by,
        );
        const moved = lattice && latticeStep(lattice);
        if (moved && decideLevels(lattice) && isPossible(steps, moved)) {
          deciding.push(lattice);
          take(rule, moved);
          break;
        }
        const next = await withDependency(steps, rule, { known, read, protection });
        if (!next) break;
        steps = next;
        rules.push(rule);
        break;
      }
      case 'inequality': {
        const [low, high] = [known.get(rule.low)!, known.get(rule.high)!];
        if (!isDate(low.schema) || !isDate(high.schema)) {
          take(rule, null);
          break;
        }
        const name = freeName(`${rule.low} to ${rule.high}`, known, extras);
        const gap = planGap(await read(rule.low), await read(rule.high), name);
        const planned = gapStep(gap);
        // An order of a date that is computed anyhow is checked alone.
        if (isPossible(steps, planned)) extras.push(gap);
        take(rule, isPossible(steps, planned) ? planned : null);
        break;
      }
      case 'implied-value':
        // Where another step writes the column, or reads it for what decides it, the restricted draw and a check are left.
        take(rule, isPossible(steps, setStep(rule)) ? setStep(rule) : null);
        break;
      case 'increments':
        take(rule, roundStep(rule));
        break;
      case 'often-equal':
        break;
      case 'running-number':
        // Rows that follow each other in time are drawn in no order: their numbers stay as they are learned.
        if (!isTimeSeries && !steps.some((step) => writes(step, rule.column))) take(rule, null);
        break;
      default:
        take(rule, null);
    }
  }
  for (const { schema, relativeTo } of features) {
    if (relativeTo === undefined || !known.has(relativeTo)) continue;
    const name = freeName(`${relativeTo} to ${schema.name}`, known, extras);
    const gap = planGap(await read(relativeTo), await read(schema.name), name);
    // A date that a rule computes, or leads to the other one, is kept by that rule.
    if (!isPossible(steps, gapStep(gap))) continue;
    extras.push(gap);
    steps.push(gapStep(gap));
  }
  const compared = await planCompared(rules, known, steps, extras, read);
  extras.push(...compared.extras);
  steps.push(...compared.steps);
  const nearly: NearlyRule[] = [];
  const partly: Rule[] = [];
  for (const { rule, kept, applicable } of usable) {
    const exact = 1 - kept / applicable;
    if (!(exact > 0 && exact <= NEARLY)) continue;
    const share = protection.enabled ? Math.min(NEARLY, storedShare(applicable - kept, applicable)) : exact;
    partly.push(rule);
    if (rule.kind === 'inequality') nearly.push({ rule, share });
    let planned: PlannedStep | null = null;
    if (rule.kind === 'linear' || rule.kind === 'product') planned = computeStep(rule, known, share);
    if (rule.kind === 'functional-dependency' && rule.determinant.every((name) => isCoded(known.get(name)!)))
      planned = await lookUpStep(rule, read, protection, share);
    if (planned && isPossible(steps, planned)) steps.push(planned);
  }
  const ties = await planRatios({ features, known, read, pause }, steps, extras);
  const shares = usable.flatMap(({ rule, kept, applicable }): EqualShare[] =>
    rule.kind === 'often-equal'
      ? [{ rule, share: protection.enabled ? storedShare(kept, applicable) : kept / applicable }]
      : [],
  );
  const equalShares = shares.length > MAX_SHARES ? [] : shares;
  const equal: EqualTie[] = [];
  const isTied = (a: string, b: string) =>
    ties.some(({ from, to }) => (from === a && to === b) || (from === b && to === a));
  for (const { rule } of usable) {
    if (rule.kind !== 'often-equal' || isTied(...rule.columns)) continue;
    const [a, b] = rule.columns;
    for (const [from, to] of [[a, b] as const, [b, a] as const]) {
      const flag = freeName(`${from} equals ${to}`, known, extras);
      const planned: PlannedStep = {
        step: { kind: 'equal', from, to, flag },
        target: to,
        reads: [from, flag],
      };
      if (!isPossible(steps, planned)) continue;
      extras.push(planEqual(from, to, flag));
      equal.push({ from, to, flag });
      steps.push(planned);
      break;
    }
  }
  for (const found of lattices) {
    const planned = latticeStep(found);
    if (isPossible(steps, planned) && !deciding.includes(found)) steps.push(planned);
  }
  const planes: CellTie[] = [];
  const tied = new Set([...ties, ...equal].flatMap(({ from, to }) => [from, to]));
  const isRead = (name: string) => steps.some(({ reads }) => reads.includes(name));
  const isFree = (name: string) =>
    !tied.has(name) && !steps.some((planned) => writes(planned, name) && !makesMissing(planned));
  for (const pair of await findPlanes(features, read, isFree, pause)) {
    // Steps that read one of the two come later; they cannot wait for both.
    if (isRead(pair.from) && isRead(pair.to)) continue;
    const [from, to] = isRead(pair.from) ? [pair.to, pair.from] : [pair.from, pair.to];
    const cell = freeName(`${from} with ${to}`, known, extras);
    const { cells, axes } = planPlane(await read(from), await read(to), protection);
    extras.push(planCell(from, to, cells, cell));
    planes.push({ from, to, cell, boxes: cells.boxes });
    steps.push(cellStep({ from, to, cell, boxes: cells.boxes }, axes));
  }
  const periods: PeriodTie[] = [];
  for (const { columns, starts } of await findPeriods(features, rules, read, pause)) {
    // A date that is computed from others after the draw would leave its period.
    if (steps.some((step) => columns.some((name) => writes(step, name)))) continue;
    const period = freeName(`period of ${columns.join(', ')}`, known, extras);
    const first = features.find(({ schema }) => columns.includes(schema.name))!.schema.name;
    extras.push(planPeriod(columns, starts, first, period));
    periods.push({ period, columns, starts });
  }
  const checks = [
    ...(await quietAges(rules, read, protection)),
    ...(await quietFactors(rules, read, protection)),
    ...(await quietOrders(features, rules, read)),
    ...(await quietExclusions(features, [...rules, ...partly], read)),
  ];
  return {
    rules,
    checks,
    limits: await computedLimits(steps, read, protection),
    nearly,
    equalShares,
    extras,
    ties: [...ties, ...equal, ...planes, ...periods],
    steps: stepsInOrder(steps),
  };
}

/**
 * A share of rows as a model stores it. Models leave the browser in archives, so it tells no more than reports do: a
 * multiple of 5 rows, at least 5.
 */
export function storedShare(rows: number, of: number): number {
  return Math.min(of, Math.max(5, 5 * Math.round(rows / 5))) / of;
}
