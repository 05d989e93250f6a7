/** What an attacker is taken to know of a person, and what they would like to learn (docs/metrics.md, Criteria of anonymisation). */
import { listed } from './listed-words';

/** Columns by name. */
export interface AttackedColumns {
  /** Quasi-identifiers: what others know of a person. None = everything but what is guessed. */
  readonly known: readonly string[];
  /** What is guessed. */
  readonly sensitive: readonly string[];
}

/** Words of names that say what neighbours, colleagues and registers know of a person, in several languages. */
const QUASI_IDENTIFIERS =
  /\b(?:age|alter|edad|birth|born|dob|geburt\w*|naissance|nacimiento|sex|sexe|sexo|gender|geschlecht|genre|race|ethnicity|zip|zipcode|post ?code|postal|plz|postleitzahl|city|town|stadt|ville|ciudad|state|county|region|bundesland|country|land|pays|pa[ií]s|native|nationality|marital|civil|familienstand|education|school|bildung|occupation|job|profession|beruf|height|weight)\b/i;
/** Fewer say too little of who somebody is. */
const MIN_KNOWN = 2;
/** More columns guessed add time and tell little more. */
const MAX_SENSITIVE = 8;

/**
 * Proposes both from names and values.
 * @param columns `canBeGuessed`: few values, or values that come in bins
 */
export function proposeAttacked(
  columns: readonly { readonly name: string; readonly canBeGuessed: boolean }[],
): AttackedColumns {
  const words = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_\-.]+/g, ' ');
  const named = columns.filter(({ name }) => QUASI_IDENTIFIERS.test(words(name))).map(({ name }) => name);
  const known = named.length >= MIN_KNOWN && named.length < columns.length ? named : [];
  const sensitive = columns
    .filter(({ name, canBeGuessed }) => canBeGuessed && !known.includes(name))
    .map(({ name }) => name);
  return { known, sensitive: sensitive.slice(0, MAX_SENSITIVE) };
}

/** "age, sex and race" */
export function knownInWords({ known }: AttackedColumns): string {
  return known.length === 0 ? 'all other columns' : listed(known, 'and');
}
