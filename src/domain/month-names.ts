/** Names of the months as they stand in dates, from January, by language; where a language has several forms, the first. */
export interface MonthNames {
  readonly full: readonly string[];
  /** Without the point that may follow. */
  readonly short: readonly string[];
}

const names = (full: string, short: string): MonthNames => ({
  full: full.split(' '),
  short: short.split(' '),
});

/** CLDR's names in the format style (Unicode CLDR 46, Gregorian calendar, wide and abbreviated), English first. */
export const MONTH_NAMES = {
  en: names(
    'January February March April May June July August September October November December',
    'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
  ),
  de: names(
    'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
    'Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez',
  ),
  fr: names(
    'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
    'janv févr mars avr mai juin juil août sept oct nov déc',
  ),
  es: names(
    'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
    'ene feb mar abr may jun jul ago sep oct nov dic',
  ),
  it: names(
    'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
    'gen feb mar apr mag giu lug ago set ott nov dic',
  ),
  pt: names(
    'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
    'jan fev mar abr mai jun jul ago set out nov dez',
  ),
  nl: names(
    'januari februari maart april mei juni juli augustus september oktober november december',
    'jan feb mrt apr mei jun jul aug sep okt nov dec',
  ),
  sv: names(
    'januari februari mars april maj juni juli augusti september oktober november december',
    'jan feb mars apr maj juni juli aug sep okt nov dec',
  ),
  da: names(
    'januar februar marts april maj juni juli august september oktober november december',
    'jan feb mar apr maj jun jul aug sep okt nov dec',
  ),
  nb: names(
    'januar februar mars april mai juni juli august september oktober november desember',
    'jan feb mar apr mai jun jul aug sep okt nov des',
  ),
  fi: names(
    'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
    'tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu',
  ),
  pl: names(
    'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
    'sty lut mar kwi maj cze lip sie wrz paź lis gru',
  ),
  cs: names(
    'ledna února března dubna května června července srpna září října listopadu prosince',
    'led úno bře dub kvě čvn čvc srp zář říj lis pro',
  ),
} as const satisfies Record<string, MonthNames>;

/** Languages whose names of months are read. */
export type MonthLocale = keyof typeof MONTH_NAMES;
