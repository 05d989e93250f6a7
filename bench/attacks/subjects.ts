import { DAY, type NamedColumn, openEngine, type Settings } from '../engine';
import { optionOf, print } from '../terminal';
import { drawPeople, PEOPLE_SHAPES, type Person, peopleTable } from './people';
import { rowCount } from './populations';

/** A guess counts as right within this part of the salary. */
const CLOSE = 0.05;

/** People whose attributes are guessed. */
const GUESSED = 500;

/** What a synthetic table says of the people in its training rows. */
interface Findings {
  readonly rows: number;
  /** Share of synthetic rows with a value of a real person; null if the column is not there. */
  readonly emails: number | null;
  readonly phones: number | null;
  readonly numbers: number | null;
  readonly births: number;
  /** Of the rows with a real birth date or identifier, the share with that person's salary and diagnosis. */
  readonly salaryOfReal: number;
  readonly diagnosisOfReal: number;
  /** Attributes guessed right by the nearest birth date: of people in the training, and of people who are not. */
  readonly salary: readonly [number, number];
  readonly diagnosis: readonly [number, number];
}

/**
 * People with several rows each, with and without being told whose rows are whose, against the same people with one row
 * each: identifying values that come out, and what can be guessed of a person by birth date.
 * `attacks subjects [--shapes 1,2] [--seed 1]`
 */
export async function runSubjects(args: readonly string[]): Promise<void> {
  const seed = Number(optionOf(args, 'seed') ?? 1);
  const settings: Settings = JSON.parse(optionOf(args, 'model') ?? '{}');
  const shapes =
    optionOf(args, 'shapes')
      ?.split(',')
      .map((at) => PEOPLE_SHAPES[Number(at) - 1]!) ?? PEOPLE_SHAPES;
  for (const shape of shapes) {
    const everyone = drawPeople(2 * shape.people, seed);
    const people = everyone.slice(0, shape.people);
    const strangers = everyone.slice(shape.people);
    print(`\n${shape.people} people, ${shape.name}`);
    print(
      line('', [
        'rows',
        'e-mails',
        'phones',
        'numbers',
        'births',
        'salary|real',
        'diag.|real',
        'salary',
        'strangers',
        '2 s.e.',
        'diagnosis',
        'strangers',
        '2 s.e.',
      ]),
    );
    print(
      line(
        'the data',
        cellsOf(examine(peopleTable(people, shape, null, seed), people, strangers), people.length),
      ),
    );
    for (const [name, each, declared] of [
      ['undeclared', null, []],
      ['declared', null, shape.declared],
      ['one row each', 1, []],
    ] as const) {
      const table = peopleTable(people, shape, each, seed);
      const engine = await openEngine(table, 1);
      await engine.train(seed, settings, {}, declared);
      const { columns } = await engine.generate(rowCount(table), seed);
      await engine.close();
      print(line(name, cellsOf(examine(columns, people, strangers), people.length)));
    }
  }
}

function examine(
  table: readonly NamedColumn[],
  people: readonly Person[],
  strangers: readonly Person[],
): Findings {
  const rows = rowCount(table);
  const cells = (name: string) =>
    valuesOf(
      table.find((column) => column.name === name),
      rows,
    );
  const births =
    cells('birth_date')?.map((time) => (typeof time === 'number' ? Math.round(time / DAY) : null)) ?? [];
  const [salaries, diagnoses] = [cells('salary') ?? [], cells('diagnosis') ?? []];
  const share = (name: 'email' | 'phone' | 'player_id') => {
    const values = cells(name);
    if (!values) return null;
    const real = new Set(people.map((person) => String(person[name])));
    return values.filter((value) => real.has(String(value))).length / rows;
  };
  const owners = ownersOf(people, cells('email'), cells('phone'), cells('player_id'), births);
  const real = owners.flatMap((person, row) => (person ? [{ person, row }] : []));
  const right = (matching: readonly { person: Person; row: number }[]) => ({
    salary: part(matching, ({ person, row }) => isClose(salaries[row], person.salary)),
    diagnosis: part(matching, ({ person, row }) => diagnoses[row] === person.diagnosis),
  });
  const ofReal = right(real);
  const guessed = [people, strangers].map((group) =>
    right(group.slice(0, GUESSED).map((person) => ({ person, row: nearestRow(births, person.born) }))),
  );
  const known = new Set(people.map(({ born }) => born));
  return {
    rows,
    emails: share('email'),
    phones: share('phone'),
    numbers: share('player_id'),
    births: part(births, (born) => born !== null && known.has(born)),
    salaryOfReal: ofReal.salary,
    diagnosisOfReal: ofReal.diagnosis,
    salary: [guessed[0]!.salary, guessed[1]!.salary],
    diagnosis: [guessed[0]!.diagnosis, guessed[1]!.diagnosis],
  };
}

type Cells = readonly (string | number | null)[];

/** The person whom an identifier of each row names, or else its birth date. */
function ownersOf(
  people: readonly Person[],
  emails: Cells | null,
  phones: Cells | null,
  numbers: Cells | null,
  births: Cells,
): (Person | null)[] {
  const by = (key: (person: Person) => string | number) =>
    new Map(people.map((person) => [String(key(person)), person]));
  const [email, phone, number, born] = [
    by((person) => person.email),
    by((person) => person.phone),
    by((person) => person.player_id),
    by((person) => person.born),
  ];
  return births.map(
    (day, row) =>
      email!.get(String(emails?.[row])) ??
      phone!.get(String(phones?.[row])) ??
      number!.get(String(numbers?.[row])) ??
      born!.get(String(day)) ??
      null,
  );
}

function valuesOf(column: NamedColumn | undefined, rows: number): Cells | null {
  if (!column) return null;
  const { data } = column;
  return Array.from({ length: rows }, (_, row) => {
    if (data.kind === 'text') return data.dictionary[data.codes[row]!] ?? null;
    return data.nulls?.[row] === 1 ? null : data.values[row]!;
  });
}

function nearestRow(births: readonly (number | null)[], born: number): number {
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  births.forEach((day, row) => {
    if (day === null || Math.abs(day - born) >= distance) return;
    best = row;
    distance = Math.abs(day - born);
  });
  return best;
}

function isClose(value: string | number | null | undefined, truth: number): boolean {
  return typeof value === 'number' && Math.abs(value - truth) <= CLOSE * truth;
}

function part<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? Number.NaN : items.filter(holds).length / items.length;
}

function cellsOf(found: Findings, people: number): string[] {
  const count = Math.min(GUESSED, people);
  // Of the difference between people and strangers.
  const error = ([p, q]: readonly [number, number]) => 2 * Math.sqrt((p * (1 - p) + q * (1 - q)) / count);
  const { emails, phones, numbers, births, salaryOfReal, diagnosisOfReal, salary, diagnosis } = found;
  return [
    found.rows.toLocaleString('en'),
    ...[
      emails,
      phones,
      numbers,
      births,
      salaryOfReal,
      diagnosisOfReal,
      ...salary,
      error(salary),
      ...diagnosis,
      error(diagnosis),
    ].map((value) => (value === null || Number.isNaN(value) ? '' : `${(100 * value).toFixed(1)} %`)),
  ];
}

function line(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(14)}${cells.map((cell) => cell.padStart(12)).join('')}`;
}
