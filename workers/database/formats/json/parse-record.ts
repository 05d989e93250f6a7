/** Before the digits of a number that a double would round: a private-use character, which no text begins with. */
export const EXACT_NUMBER = '\ue000';

/** Digits from which on a double may round; texts are skipped over. */
const LONG_DIGITS = /\d{16}/;
const TOKENS = /"(?:[^"\\]+|\\[\s\S])*"|-?\d[\d.eE+-]{15,}|-?\b(?:NaN|Infinity)\b/g;

/**
 * A JSON value. Numbers of 16 digits and more stay exact, as texts that begin with `EXACT_NUMBER`; Python's NaN and
 * Infinity, which are no JSON, are null and texts.
 * @throws SyntaxError
 */
export function parseRecord(text: string): unknown {
  if (LONG_DIGITS.test(text)) return JSON.parse(withMarks(text));
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!/NaN|Infinity/.test(text)) throw cause;
    return JSON.parse(withMarks(text));
  }
}

function withMarks(text: string): string {
  return text.replace(TOKENS, (token) => {
    if (token.startsWith('"')) return token;
    if (token.endsWith('NaN')) return 'null';
    // What is no number is left for the parser to refuse.
    const isNumber =
      /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(token) || token.endsWith('Infinity');
    return isNumber ? `"${EXACT_NUMBER}${token}"` : token;
  });
}
