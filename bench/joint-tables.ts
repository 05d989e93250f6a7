/** Generated tables whose numbers follow one another closely: stocks, orders, meters and salaries; no table is like another. */
import { type NamedColumn, RandomStream } from './engine';

const SHELVES = [72, 120, 192, 288, 480, 720];

export type Row = Readonly<Record<string, number>>;

/** Draws a row each. */
export const JOINT_TABLES: Readonly<Record<string, (stream: RandomStream) => Row>> = {
  stocks,
  orders,
  meters,
  salaries,
  loans,
};

/** @param kind a name of `JOINT_TABLES` */
export function jointTable(kind: string, rows: number, seed: number): NamedColumn[] {
  const stream = new RandomStream(seed, kind);
  const drawn = Array.from({ length: rows }, () => JOINT_TABLES[kind]!(stream));
  return Object.keys(drawn[0]!).map((name) => {
    const values = Float64Array.from(drawn, (row) => row[name]!);
    const storageType = values.every(Number.isInteger) ? 'integer' : 'float';
    return { name, storageType, data: { kind: 'number', values, nulls: null } };
  });
}

const round = (value: number, decimals = 0) => Math.round(value * 10 ** decimals) / 10 ** decimals;

/** Six weeks of stock on a shelf: deliveries in pallets of 24, or of what was sold, as far as the shelf has space. */
function stocks(stream: RandomStream): Row {
  const shelf = SHELVES[stream.below(SHELVES.length)]!;
  const pallets = stream.uniform() < 0.6;
  const rate = shelf * Math.exp(-1.6 + 0.6 * stream.normal());
  const row: Record<string, number> = { shelf, pallets: Number(pallets), store: 1 + stream.below(8) };
  let stock = round(shelf * (0.3 + 0.7 * stream.uniform()));
  for (let week = 1; week <= 6; week++) {
    const sold = Math.min(stock, round(rate * Math.exp(0.4 * stream.normal())));
    const left = stock - sold;
    let delivered = pallets ? 24 * Math.floor((shelf - left) / 24) : sold;
    if (pallets ? left > shelf / 2 : stream.uniform() < 0.2) delivered = 0;
    row[`stock${week}`] = stock;
    row[`delivered${week}`] = delivered;
    const lost = stream.uniform() < 0.1 ? stream.below(3) : 0;
    stock = Math.max(0, left + delivered - lost);
  }
  return row;
}

/** Orders of a shop: discount in fixed percents, tax of two rates, free shipping above a limit, a total near the sum. */
function orders(stream: RandomStream): Row {
  const items = 1 + Math.floor(3 * stream.uniform() ** 2 * 3);
  let net = 0;
  for (let k = 0; k < items; k++) net += Math.floor(Math.exp(2.4 + 0.8 * stream.normal())) + 0.99;
  net = round(net, 2);
  const customer = stream.below(3);
  const percents = [0, 0, 0, 5, 10, customer === 2 ? 15 : 0, customer === 2 ? 20 : 0];
  const discount = round((net * percents[stream.below(percents.length)]!) / 100, 2);
  const rate = stream.uniform() < 0.7 ? 19 : 7;
  const tax = round(((net - discount) * rate) / 100, 2);
  const shipping = net - discount >= 50 ? 0 : stream.uniform() < 0.8 ? 4.95 : 9.9;
  const extra = stream.uniform();
  const wrap = extra < 0.12 ? 2.5 : extra < 0.2 ? round(-0.05 * net * stream.uniform(), 2) : 0;
  const total = round(net - discount + tax + shipping + wrap, 2);
  const refund =
    stream.uniform() < 0.85 ? 0 : stream.uniform() < 0.4 ? total : round(total * stream.uniform(), 2);
  return {
    customer,
    items,
    net,
    discount,
    tax,
    shipping,
    total,
    refund,
    weight: round(0.2 * items * Math.exp(0.5 * stream.normal()), 1),
  };
}

/** Meters read four times a year: a reading is the last one and the use, which is told in tenths by another device. */
function meters(stream: RandomStream): Row {
  const people = 1 + stream.below(5);
  const kind = stream.below(3);
  const level = 20 * people * Math.exp(0.5 * stream.normal()) * [1, 2.5, 6][kind]!;
  const season = [1.5, 0.9, 0.6, 1.2];
  const row: Record<string, number> = { people, kind, digits: 4 + stream.below(2) };
  let exact = Math.exp(8 + 1.2 * stream.normal());
  row.reading0 = Math.floor(exact);
  for (let quarter = 1; quarter <= 4; quarter++) {
    const use =
      stream.uniform() < 0.04
        ? 0
        : level * season[quarter - 1]! ** (kind / 2) * Math.exp(0.2 * stream.normal());
    exact += use;
    const estimated = stream.uniform() < 0.15;
    row[`use${quarter}`] = round(estimated ? use * (1 + 0.05 * stream.normal()) : use, 1);
    row[`reading${quarter}`] = estimated ? 10 * Math.round(exact / 10) : Math.floor(exact);
  }
  return row;
}

/** Salaries: bonus and pension have caps, overtime is paid by the hour, the sum is rounded, few have allowances. */
function salaries(stream: RandomStream): Row {
  const grade = 1 + stream.below(6);
  const years = Math.floor(30 * stream.uniform() ** 1.5);
  const pay = 10 * round(120 * Math.exp(0.22 * grade + 0.012 * years + 0.12 * stream.normal()));
  const hours = stream.uniform() < 0.7 ? 40 : 20 + stream.below(20);
  const overtime = stream.uniform() < 0.5 ? 0 : 0.5 * stream.below(60);
  const overtimePay = Math.min(600, round((overtime * pay * 1.25) / (4.33 * hours), 2));
  const bonus = Math.min(400, round(0.1 * pay * (stream.uniform() < 0.8 ? 1 : stream.uniform()), 2));
  const pension = Math.min(350, round(0.093 * pay, 2));
  const gross = round(pay + overtimePay + bonus, 2);
  const tax = round(gross * (0.1 + 0.04 * grade) * (1 + 0.01 * stream.normal()), 2);
  const allowance = stream.uniform() < 0.1 ? 50 * (1 + stream.below(4)) : 0;
  const paid = round(gross - tax - pension + allowance, 2);
  const meals = Math.min(80, 4 * stream.below(25));
  return { grade, years, hours, pay, overtime, overtimePay, bonus, pension, gross, tax, meals, paid };
}

/** Loans: payments by the annuity, a fee with a least amount, insurance of three rates, what is left after a year of payments. */
function loans(stream: RandomStream): Row {
  const term = 12 * (1 + stream.below(8));
  const score = Math.round(600 + 80 * stream.normal());
  const amount = 100 * Math.round(5 * Math.exp(2.6 + 0.7 * stream.normal()));
  const rate = round(Math.max(1.5, 9 - (score - 600) / 40 + 1.2 * stream.normal()), 2);
  const monthly = rate / 1200;
  const payment = round((amount * monthly) / (1 - (1 + monthly) ** -term), 2);
  const fee = Math.max(50, round(0.012 * amount, 2));
  const insurance = round((amount * [0, 0.25, 0.4, 0.6][stream.below(4)]!) / 100, 2);
  const paid = round(stream.uniform() < 0.8 ? 12 * payment : payment * stream.below(13), 2);
  const interest = round(amount * (rate / 100) * (0.95 + 0.02 * stream.normal()), 2);
  const left = round(Math.max(0, amount - paid + interest), 2);
  const income = round(payment * (3 + 9 * stream.uniform()));
  return { term, score, amount, rate, payment, fee, insurance, paid, interest, left, income };
}
