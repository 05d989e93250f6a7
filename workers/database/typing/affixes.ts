import { MONTH_NAMES } from '../../../src/domain/month-names';

/** ISO 4217 codes of currencies in use. */
const CODES =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL'.split(
    ' ',
  );
/** Signs and short names of currencies, letters before a sign included: US$, A$. */
const CURRENCY = new RegExp(
  `^(?:[A-Z]{0,3}\\p{Sc}|${CODES.join('|')}|${CODES.join('|').toLowerCase()}|[Kk]r\\.?|SFr\\.?|Fr\\.?|Rs\\.?|RM|Rp\\.?|zł|Kč|Ft|lei|лв\\.?|руб\\.?|р\\.|元|円)$`,
  'u',
);

/** Units that may stand next to the number: SI with its prefixes, and those in everyday use. */
const UNIT =
  /^(?:[kKMGTcdmµμnh]?(?:m|g|l|L|s|W|Wh|V|Hz|Pa|J|N|eV|cal|mol|bar|Ω|sec|bit|[Bb]|iB|bps|B\/s|b\/s)|(?:[kcmµμ]?m)[²³23]|[KMB]|Mio\.?|Mrd\.?|bn|mn|t|kg|km\/h|kmh|m\/s|mph|lbs?|oz|ft|in|mi|yd|gal|"|″|°|°C|°F|℃|px|pt|em|rpm|hp|PS|kn|ha|min|h|hrs?|x|‰|ppm|dB|mmHg|[kKMGT]iB|kWh|MWh|mAh|pp|bp|bps)$/u;
/** A word after a blank: nights, years; not a month, which makes a date. */
const WORD = /^\p{L}[\p{L}²³/.]{1,14}$/u;
const MONTHS = new Set(
  Object.values(MONTH_NAMES).flatMap(({ full, short }) =>
    [...full, ...short].map((name) => name.toLowerCase()),
  ),
);

export type AffixKind = 'currency' | 'percent' | 'unit';

/** What a text before a number says; null if it may not stand there. Blanks around it are ignored. */
export function prefixKind(text: string): AffixKind | null {
  return CURRENCY.test(text.trim()) ? 'currency' : null;
}

/** What a text after a number says; null if it may not stand there. */
export function suffixKind(text: string): AffixKind | null {
  const word = text.trim();
  if (word === '%' || word === '％') return 'percent';
  if (CURRENCY.test(word)) return 'currency';
  if (UNIT.test(word)) return 'unit';
  const isApart = text !== text.trimStart();
  return isApart && WORD.test(word) && !MONTHS.has(word.toLowerCase().replace(/\.$/, '')) ? 'unit' : null;
}
