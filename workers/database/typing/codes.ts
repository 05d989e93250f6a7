/** Share of the sampled cells that must have the form of a code. */
const MIN_SHARE = 0.9;
/** Versions are few; amounts written with and without their last zero are many. */
const MAX_VERSIONS = 60;

/**
 * Whether texts are codes though they read as numbers: phone numbers with their plus, batches such as 12E4, versions such as
 * 1.10 beside 1.1. A number would not print as the cell.
 */
export function areCodes(sample: readonly string[]): boolean {
  return arePhones(sample) || areBatches(sample) || areVersions(sample);
}

function arePhones(sample: readonly string[]): boolean {
  return share(sample, (text) => /^\+[1-9]\d{6,14}$/.test(text)) >= MIN_SHARE;
}

function areBatches(sample: readonly string[]): boolean {
  return share(sample, (text) => /^\d+[eE]\d+$/.test(text)) >= MIN_SHARE;
}

/** Two or more numbers that are spelled in two ways: 1.2 and 1.20 are two versions. */
function areVersions(sample: readonly string[]): boolean {
  if (share(sample, (text) => /^\d{1,2}\.\d{1,3}$/.test(text)) < MIN_SHARE) return false;
  const texts = new Set(sample);
  if (texts.size > MAX_VERSIONS) return false;
  const twins = [...texts].filter((text) => text.endsWith('0') && texts.has(text.slice(0, -1)));
  return twins.length >= 2 || (twins.length > 0 && texts.size <= 4);
}

function share(texts: readonly string[], holds: (text: string) => boolean): number {
  return texts.length === 0 ? 0 : texts.filter(holds).length / texts.length;
}

/** ISO 3166 two-letter codes of countries, and codes of continents and of regions of sale that stand beside “NA”. */
const REGIONS = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK UK EL ' +
    'AN EU OC EMEA APAC LATAM AMER ANZ MEA SSA CIS ROW AMEA'
  ).split(' '),
);
/** Of the other values, so many must be such codes. */
const MIN_REGIONS = 0.95;

/**
 * Whether “NA” is a value of a column of texts: Namibia among countries, North America among regions, or one key among keys
 * of its form.
 * @param sample texts other than null spellings
 * @param count cells that are “NA”
 * @param others cells with other texts
 */
export function isNaACode(
  sample: readonly string[],
  count: number,
  others: number,
  hasEmpty: boolean,
): boolean {
  const distinct = new Set(sample);
  if (distinct.size < 2) return false;
  if (share([...distinct], (text) => REGIONS.has(text)) >= MIN_REGIONS) return true;
  const areKeys = distinct.size === sample.length && sample.length === others && count === 1 && !hasEmpty;
  return areKeys && share(sample, (text) => /^[A-Z]{2,3}$/.test(text)) >= MIN_SHARE;
}
