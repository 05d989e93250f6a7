/** Made-up people with several rows each. */
import { DAY, makeColumn, type NamedColumn, RandomStream } from '../engine';

/** What a table of people looks like. */
export interface PeopleShape {
  readonly name: string;
  readonly people: number;
  /** Rows of each person; `varied`: geometric with this mean. */
  readonly rows: number;
  readonly varied?: boolean;
  /** Identifying columns that are in the table. */
  readonly identifiers: readonly ('email' | 'phone' | 'player_id')[];
  /** Columns that say whose rows are whose, for a training that is told. */
  readonly declared: readonly string[];
}

export const PEOPLE_SHAPES: readonly PeopleShape[] = [
  {
    name: 'e-mail and phone, 10 rows each',
    people: 2000,
    rows: 10,
    identifiers: ['email', 'phone'],
    declared: ['email'],
  },
  {
    name: 'e-mail and phone, 20 rows each',
    people: 100,
    rows: 20,
    identifiers: ['email', 'phone'],
    declared: ['email'],
  },
  {
    name: 'no identifier, 10 rows each',
    people: 2000,
    rows: 10,
    identifiers: [],
    declared: ['birth_date', 'salary'],
  },
  {
    name: 'numbers, 1 to many rows',
    people: 1000,
    rows: 8,
    varied: true,
    identifiers: ['player_id'],
    declared: ['player_id'],
  },
  {
    name: 'phone, 1 to many rows',
    people: 400,
    rows: 5,
    varied: true,
    identifiers: ['phone'],
    declared: ['phone'],
  },
];

/** One person, as every row of theirs says. */
export interface Person {
  readonly email: string;
  readonly phone: string;
  readonly player_id: number;
  /** Days since 1970. */
  readonly born: number;
  readonly salary: number;
  readonly diagnosis: string;
}

const DIAGNOSES = ['A10', 'A10', 'A10', 'A10', 'A10', 'A10', 'A10', 'B20', 'B20', 'C30'];
const SYLLABLES = [
  'an',
  'be',
  'car',
  'do',
  'el',
  'fi',
  'gus',
  'ha',
  'in',
  'jo',
  'ka',
  'lu',
  'ma',
  'no',
  'ri',
];

export function drawPeople(count: number, seed: number): Person[] {
  const random = new RandomStream(seed, 'people');
  const word = () => Array.from({ length: 3 }, () => SYLLABLES[random.below(SYLLABLES.length)]!).join('');
  return Array.from({ length: count }, (_, i) => ({
    email: `${word()}.${word()}${random.below(10 * count)}@example.org`,
    phone: `0${600_000_000 + random.below(399_999_999)}`,
    player_id: 10_000 + 7 * i + random.below(7),
    born: -10_000 + random.below(22_000),
    salary: Math.round(100 * Math.exp(10.6 + 0.5 * random.normal())) / 100,
    diagnosis: DIAGNOSES[random.below(DIAGNOSES.length)]!,
  }));
}

/** The rows of people in random order. @param each rows of every person; by the shape if it is null */
export function peopleTable(
  people: readonly Person[],
  { rows, varied, identifiers }: PeopleShape,
  each: number | null,
  seed: number,
): NamedColumn[] {
  const random = new RandomStream(seed, 'rows of people');
  const owners: number[] = [];
  people.forEach((_, person) => {
    const drawn = varied ? 1 + Math.floor(Math.log(1 - random.uniform()) / Math.log(1 - 1 / rows)) : rows;
    for (let row = 0; row < (each ?? drawn); row++) owners.push(person);
  });
  random.shuffle(owners);
  const own = owners.map((person) => people[person]!);
  const amounts = own.map(({ salary }) => Math.round(salary * Math.exp(0.8 * random.normal()) * 0.05) / 100);
  return [
    ...identifiers.map((name) =>
      makeColumn(
        name,
        own.map((person) => person[name]),
      ),
    ),
    makeColumn(
      'birth_date',
      own.map(({ born }) => born * DAY),
      'date',
    ),
    makeColumn(
      'salary',
      own.map(({ salary }) => salary),
      'float',
    ),
    makeColumn(
      'diagnosis',
      own.map(({ diagnosis }) => diagnosis),
    ),
    makeColumn('amount', amounts, 'float'),
    makeColumn(
      'shop',
      own.map(() => `shop${1 + random.below(18)}`),
    ),
  ];
}
