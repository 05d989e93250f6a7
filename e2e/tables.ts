import { RandomStream } from '../src/domain/random';
import type { GivenFile } from './pages/home-page';

const CITIES = ['Bergen', 'Lisboa', 'Zürich', 'İzmir'];

/** A small table with every kind of column that a model sees: enough rows to learn from, few enough to be quick. */
export function peopleTable(rows = 300, name = 'people.csv'): GivenFile {
  const stream = new RandomStream(7, 'people');
  const lines = Array.from({ length: rows }, () => {
    const age = 18 + stream.below(60);
    const city = CITIES[stream.below(age < 40 ? 4 : 2)]!;
    const income = stream.uniform() < 0.1 ? '' : (age * 900 + stream.normal() * 4000).toFixed(2);
    const since = new Date(Date.UTC(2000 + stream.below(20), stream.below(12), 1 + stream.below(28)));
    return [age, city, income, age > 50, since.toISOString().slice(0, 10)].join(',');
  });
  return { name, content: `age,city,income,senior,since\n${lines.join('\n')}\n` };
}

/** CSV of many columns that each depend a little on the one before. */
export function wideTable(columns: number, rows: number): string {
  const stream = new RandomStream(8, 'wide');
  const lines = Array.from({ length: rows }, () => {
    let code = 0;
    return Array.from({ length: columns }, () => {
      code = stream.uniform() < 0.3 ? code : stream.below(20);
      return code;
    }).join(',');
  });
  return `${Array.from({ length: columns }, (_, c) => `c${c}`).join(',')}\n${lines.join('\n')}\n`;
}

/** Orders in which a city decides its region, a delivery follows its order, and gross is net and tax. */
export function ordersTable(rows = 400): GivenFile {
  const stream = new RandomStream(9, 'orders');
  const regions = ['north', 'south', 'south', 'east', 'east', 'east'];
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  const lines = Array.from({ length: rows }, () => {
    const city = stream.below(regions.length);
    const net = 10 + stream.below(400);
    const tax = 1 + stream.below(90);
    const ordered = Date.UTC(2020, 0, 1 + stream.below(700));
    const delivered = ordered + (1 + stream.below(20)) * 86_400_000;
    return [`city ${city}`, regions[city], net, tax, net + tax, day(ordered), day(delivered)].join(',');
  });
  const header = 'city,region,net,tax,gross,ordered,delivered';
  return { name: 'orders.csv', content: `${header}\n${lines.join('\n')}\n` };
}

/** Visits of patients: every one has an e-mail address, an age and a city, and several visits. */
export function visitsTable(people = 120, visits = 6): GivenFile {
  const stream = new RandomStream(10, 'visits');
  const patients = Array.from({ length: people }, (_, i) => ({
    email: `${'abdfgkmprt'[i % 10]}${'aeiou'[i % 5]}n${stream.below(90) + 10}.${100 + i}@mail.example`,
    age: 18 + stream.below(70),
    city: CITIES[stream.below(4)],
  }));
  const lines = Array.from(stream.permutation(people * visits), (i) => {
    const { email, age, city } = patients[i % people]!;
    const reason = ['check', 'cold', 'back'][stream.below(age < 40 ? 2 : 3)];
    return [email, age, city, reason, 20 + stream.below(60) * 5].join(',');
  });
  return { name: 'visits.csv', content: `email,age,city,reason,fee\n${lines.join('\n')}\n` };
}

/** Members as a German spreadsheet saves them: semicolons, decimal commas, local dates, Windows-1252, CRLF, "?" for no value. */
export function membersTable(rows = 240): GivenFile {
  const stream = new RandomStream(11, 'members');
  const lines = Array.from({ length: rows }, (_, i) => {
    const joined = new Date(Date.UTC(2001, 0, 1 + 20 * i));
    const date = `${joined.getUTCDate()}.${joined.getUTCMonth() + 1}.${joined.getUTCFullYear()}`;
    const fee = stream.uniform() < 0.15 ? '?' : (12 + stream.below(80) / 4).toFixed(2).replace('.', ',');
    return [date, ['Köln', 'Würzburg', 'Berlin'][stream.below(3)], fee].join(';');
  });
  return {
    name: 'members.csv',
    content: Buffer.from(`Beginn;Stadt;Gebühr\r\n${lines.join('\r\n')}\r\n`, 'latin1'),
  };
}

/** A table under a title, with a total below it: e-mail addresses, amounts with a currency, words for true and false. */
export function messyTable(rows = 200, name = 'messy.csv'): GivenFile {
  const stream = new RandomStream(11, 'messy');
  const lines = Array.from({ length: rows }, (_, i) => {
    const amount = `€ ${1 + stream.below(9)}.${100 + stream.below(900)},50`;
    return [`ann.${i}@mail.example`, amount, stream.below(2) ? 'ja' : 'nein'].join(';');
  });
  return {
    name,
    content: `Sales 2024;;\nmail;price;paid\n${lines.join('\n')}\nTotal;€ 9.999,50;\n`,
  };
}
