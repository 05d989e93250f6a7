/** Words for people and what belongs to one of them, in common languages; endings are cut off first. */
const SUBJECTS = new Set(
  (
    'customer client user patient member person people account subscriber employee staff student pupil visitor ' +
    'passenger guest buyer seller driver subject participant respondent household cardholder policyholder applicant ' +
    'borrower donor player tenant caller callee sender recipient payer payee debtor creditor email mail phone mobile telephone tel login username ssn iban card ' +
    'kunde kunden benutzer nutzer patienten mitglied mitglieder konto telefon handy mitarbeiter versicherter ' +
    'utilisateur membre compte courriel téléphone adhérent salarié ' +
    'cliente usuario usuário paciente miembro membro cuenta conta correo teléfono telefone empleado ' +
    'utente paziente conto klant gebruiker lid użytkownik klient pacjent ' +
    '客户 用户 顧客 患者 клиент пользователь пациент'
  ).split(' '),
);

/** Words that may stand beside one: with any other, the column says something about a subject. */
const BESIDE = new Set(
  'id ids identifier nr no num number nummer name key code uuid guid ref hash full first last address adresse numero número numéro the home work primary secondary contact from to'.split(
    ' ',
  ),
);

const ENDINGS = /(?:_?(?:id|nr|no|num|nummer|number|key|code|uuid))$/u;

/** Words that say that each value is one subject, and those that say so behind its word: not in `num people`. */
const IDENTIFIERS = new Set('id identifier nr nummer uuid guid ref hash numero número numéro'.split(' '));
const NUMBERS = new Set('no num number'.split(' '));

/** Whether a column's name says that its values are people, accounts or ways to reach one: `customer_id`, `E-Mail`. */
export function namesSubjects(name: string): boolean {
  const words = wordsOf(name);
  return words.some(isSubject) && words.every((word) => isSubject(word) || BESIDE.has(word));
}

/** Whether it says besides that each value is one of them: `customer_id`, not `account`, which may be a kind of account. */
export function numbersSubjects(name: string): boolean {
  if (!namesSubjects(name)) return false;
  const words = wordsOf(name);
  const first = words.findIndex(isSubject);
  return words.some(
    (word, at) =>
      IDENTIFIERS.has(word) || (at > first && NUMBERS.has(word)) || (isSubject(word) && ENDINGS.test(word)),
  );
}

function wordsOf(name: string): string[] {
  return name
    .replace(/e-mail/giu, 'email')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');
}

function isSubject(word: string): boolean {
  return [
    word,
    word.replace(/s$/u, ''),
    word.replace(ENDINGS, ''),
    word.replace(ENDINGS, '').replace(/s$/u, ''),
  ].some((form) => SUBJECTS.has(form));
}
