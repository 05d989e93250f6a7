/** Generated accounts: six months' balances and payments, whose values follow one another closely. */
import { type NamedColumn, RandomStream } from './engine';

export const MONTHS = 6;

/** What an account does with a balance: pays all of it, a part, next to nothing, or is hardly used. */
type Habit = 'full' | 'part' | 'late' | 'idle';

/** @param rows accounts, one row each; amounts are whole numbers */
export function balanceTable(rows: number, seed: number): NamedColumn[] {
  const stream = new RandomStream(seed, 'balances');
  const names = ['limit', 'age', 'region', 'late'];
  for (let t = 1; t <= MONTHS; t++) names.push(`balance${t}`);
  for (let t = 1; t <= MONTHS; t++) names.push(`payment${t}`);
  const columns = names.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    account(stream).forEach((value, k) => {
      columns[k]![row] = value;
    });
  }
  return names.map((name, k) => ({
    name,
    storageType: 'integer',
    data: { kind: 'number', values: columns[k]!, nulls: null },
  }));
}

/** Limit, age, region, months late, balances, payments. */
function account(stream: RandomStream): number[] {
  const limit = 500 * Math.max(2, Math.round(Math.exp(8.9 + 0.8 * stream.normal()) / 500));
  const age = Math.round(Math.min(85, 18 + 14 * (stream.uniform() + stream.uniform() + stream.uniform())));
  const habit = habitOf(stream.uniform());
  const used = habit === 'part' || habit === 'late' ? 0.3 + 0.6 * stream.uniform() : 0.25 * stream.uniform();
  const [balances, payments]: [number[], number[]] = [[], []];
  let balance = habit === 'idle' && stream.uniform() < 0.6 ? 0 : Math.round(limit * used);
  for (let t = 0; t < MONTHS; t++) {
    const payment = paymentOf(habit, balance, stream);
    balances.push(balance);
    payments.push(payment);
    balance = Math.max(0, balance - payment + spendingOf(habit, { limit, used, payment, balance }, stream));
    if (balance > limit) balance = Math.round(limit * (0.95 + 0.08 * stream.uniform()));
  }
  const late = habit === 'late' ? 1 + stream.below(3) : Number(stream.uniform() < 0.05);
  return [limit, age, 1 + stream.below(5), late, ...balances, ...payments];
}

function habitOf(u: number): Habit {
  if (u < 0.35) return 'full';
  if (u < 0.8) return 'part';
  return u < 0.9 ? 'late' : 'idle';
}

function paymentOf(habit: Habit, balance: number, stream: RandomStream): number {
  const least = balance * (0.02 + 0.01 * stream.uniform());
  const u = stream.uniform();
  if (habit === 'late' && u < 0.5) return 0;
  if (habit === 'full' || habit === 'idle')
    return u < 0.85 ? balance : Math.round(balance * stream.uniform());
  if (u < 0.5) return Math.min(balance, 10 * Math.ceil(least / 10));
  return Math.min(balance, u < 0.8 ? 100 * Math.ceil(least / 100) : Math.round(1.5 * least));
}

function spendingOf(
  habit: Habit,
  { limit, used, payment, balance }: Record<'limit' | 'used' | 'payment' | 'balance', number>,
  stream: RandomStream,
): number {
  if (habit === 'late') return Math.round(balance * (0.01 + 0.015 * stream.uniform()));
  if (habit === 'idle') return stream.uniform() < 0.5 ? 0 : Math.round(limit * used * stream.uniform());
  if (habit === 'full') return Math.round(limit * used * Math.exp(0.6 * stream.normal()));
  const burst = stream.uniform() < 0.2 ? balance * 0.2 * stream.normal() : 0;
  return Math.round(payment * (1 + 0.15 * stream.normal()) + burst);
}
