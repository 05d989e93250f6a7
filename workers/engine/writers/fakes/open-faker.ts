import type { Faker } from '@faker-js/faker';
import type { FakeLocale } from '../../../../src/domain/writing';

/** Each in a chunk of its own, loaded when a column is made up in that language. */
const LOCALES: Record<FakeLocale, () => Promise<{ readonly faker: Faker }>> = {
  en: () => import('@faker-js/faker/locale/en'),
  de: () => import('@faker-js/faker/locale/de'),
  es: () => import('@faker-js/faker/locale/es'),
  fr: () => import('@faker-js/faker/locale/fr'),
  it: () => import('@faker-js/faker/locale/it'),
  nl: () => import('@faker-js/faker/locale/nl'),
  pl: () => import('@faker-js/faker/locale/pl'),
  pt: () => import('@faker-js/faker/locale/pt_BR'),
};

/**
 * A faker of a language that draws from `next` alone.
 * @param next uniform in [0, 1)
 */
export async function openFaker(locale: FakeLocale, next: () => number): Promise<Faker> {
  const { faker } = await LOCALES[locale]();
  const Kind = faker.constructor as new (options: ConstructorParameters<typeof Faker>[0]) => Faker;
  const randomizer = { next, seed: () => undefined };
  return new Kind({ locale: faker.rawDefinitions, randomizer });
}
