import { expect, it } from 'vitest';
import { ibanOf, isIban, isLuhn } from '../../../../src/domain/check-digits';
import type { ColumnData } from '../../../../src/domain/column-data';
import { FakeKind, FakeLocale } from '../../../../src/domain/writing';
import { cellsOf } from '../../testing/memory-database';
import { learnWriter } from '../learn-writer';
import { openWriters } from '../write-columns';
import { Writer, type WriterOf } from '../writer';

type Fake = Partial<WriterOf<'fake'>> & Pick<WriterOf<'fake'>, 'kind'>;

/** Columns of made-up values. @param lead a drawn column called `who` */
async function made(fakes: readonly Fake[], rows: number, seed = 1, row0 = 0, lead?: ColumnData) {
  const columns = new Map(
    fakes.map((fake, i) => [
      i,
      {
        writer: { as: 'fake' as const, locale: 'en' as const, ...fake },
        schema: { name: fake.kind, originalName: fake.kind, storageType: 'text' as const },
      },
    ]),
  );
  const writers = await openWriters(columns, seed, 0);
  const drawn = new Map(lead ? [['who', lead]] : []);
  const written = await Promise.all(
    fakes.map((_, i) => writers.get(i)!({ row0, rows, drawn }, async () => undefined)),
  );
  return written.map((data) => cellsOf(data).map(String));
}

it.each(FakeLocale.options)(
  'every kind can be made up in %s, and follows from seed and row',
  async (locale) => {
    const fakes = FakeKind.options.map((kind) => ({ kind, locale }));
    const all = await made(fakes, 30);
    for (const values of all)
      expect(values.every((value) => value.trim() !== '' && value !== 'null')).toBe(true);
    expect(await made(fakes, 10, 1, 20)).toEqual(all.map((values) => values.slice(20)));
    expect(await made(fakes, 30, 2)).not.toEqual(all);
  },
);

it('check digits are right, and addresses on the Internet are nobody’s', async () => {
  const [ibans, cards, emails, urls] = await made(
    [{ kind: 'iban', locale: 'de' }, { kind: 'card' }, { kind: 'email' }, { kind: 'url' }],
    200,
  );
  expect(ibans!.every(isIban)).toBe(true);
  expect(cards!.every(isLuhn)).toBe(true);
  expect(emails!.every((text) => /^[a-z0-9._-]+@example\.(?:com|org|net)$/.test(text))).toBe(true);
  expect(urls!.every((text) => /^https:\/\/www\.example\.(?:com|org|net)\//.test(text))).toBe(true);
});

it('name, e-mail and user name of a row are one person’s', async () => {
  const [first, last, whole, emails, users] = await made(
    [
      { kind: 'first-name' },
      { kind: 'last-name' },
      { kind: 'full-name' },
      { kind: 'email' },
      { kind: 'username' },
    ],
    100,
  );
  expect(whole).toEqual(first!.map((name, i) => `${name} ${last![i]}`));
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const share = (texts: readonly string[]) =>
    texts.filter((text, i) => plain(text).includes(plain(last![i]!))).length / 100;
  expect(share(emails!)).toBeGreaterThan(0.95);
  expect(share(users!)).toBeGreaterThan(0.95);
});

it('the same subject has the same values in all rows, and another one has others', async () => {
  const who: ColumnData = {
    kind: 'text',
    codes: Int32Array.from({ length: 60 }, (_, i) => i % 20),
    dictionary: Array.from({ length: 20 }, (_, i) => `C${i}`),
  };
  const [names] = await made([{ kind: 'full-name', person: 'who' }], 60, 1, 0, who);
  expect(names!.slice(0, 20)).toEqual(names!.slice(40));
  expect(new Set(names).size).toBe(20);
});

it('none is a value of the data, and each is another one where the data’s are', async () => {
  // The likeliest values: what the same languages make up.
  const [names, emails] = await made([{ kind: 'full-name' }, { kind: 'email', isUnique: true }], 3000, 11);
  const data = (texts: readonly string[]): ColumnData => ({
    kind: 'text',
    codes: Int32Array.from(texts, (_, i) => i),
    dictionary: texts,
  });
  for (const [kind, values] of [
    ['full-name', names!],
    ['email', emails!],
  ] as const) {
    const rows = { training: data(values), all: data(values), sample: null };
    const { writer } = learnWriter({ as: 'fake', kind, locale: 'en' }, rows, 5, 'text');
    const stored = Writer.parse(JSON.parse(JSON.stringify(writer)));
    const drawn = (await made([stored as WriterOf<'fake'>], 3000, 11))[0]!;
    expect(drawn.filter((text) => values.includes(text))).toEqual([]);
    if (kind === 'email') expect(new Set(drawn).size).toBe(3000);
  }
});

it('capitals, separators and "Last, First" are as in the data', async () => {
  const data = (texts: readonly string[]): ColumnData => ({
    kind: 'text',
    codes: Int32Array.from(texts, (_, i) => i),
    dictionary: texts,
  });
  const like = async (kind: WriterOf<'fake'>['kind'], text: (i: number) => string) => {
    const column = data(Array.from({ length: 50 }, (_, i) => text(i)));
    const rows = { training: column, all: column, sample: null };
    const { writer } = learnWriter({ as: 'fake', kind, locale: 'de' }, rows, 5, 'text');
    return (await made([writer as WriterOf<'fake'>], 20))[0]!;
  };
  const letters = (i: number) => String.fromCharCode(65 + (i % 26), 65 + (i >> 4));
  for (const name of await like('full-name', (i) => `BERG${letters(i)}, ANNA`)) {
    expect(name).toMatch(/^[^a-z]+, [^a-z]+$/);
  }
  for (const card of await like('card', (i) => `4111 1111 1111 11${10 + i}`)) {
    expect(card).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/);
  }
});

it('IBANs are of the country of the data', async () => {
  const texts = Array.from({ length: 20 }, (_, i) => ibanOf('AT', `19043002345732${10 + i}`));
  const data: ColumnData = { kind: 'text', codes: Int32Array.from(texts, (_, i) => i), dictionary: texts };
  const rows = { training: data, all: data, sample: null };
  const { writer } = learnWriter({ as: 'fake', kind: 'iban', locale: 'de' }, rows, 5, 'text');
  for (const iban of (await made([writer as WriterOf<'fake'>], 50))[0]!) {
    expect(iban).toMatch(/^AT\d{18}$/);
    expect(isIban(iban)).toBe(true);
  }
});

it('user names are made of the names that are drawn for a row', async () => {
  const dictionary = ['Björn', 'Zoë'];
  const lead: ColumnData = {
    kind: 'text',
    codes: Int32Array.from({ length: 40 }, (_, i) => i % 2),
    dictionary,
  };
  const [users] = await made([{ kind: 'username', named: { first: 'who' } }], 40, 1, 0, lead);
  const share = users!.filter(
    (user, i) => user.startsWith('bz'[i % 2]!) || user.includes(['bjoern', 'zoe'][i % 2]!),
  );
  expect(share).toHaveLength(40);
});
