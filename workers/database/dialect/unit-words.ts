/** Units of measure, and the types that programs write under names. */
const UNITS = new Set(
  (
    's sec second seconds ms us µs ns min minute minutes h hr hrs hour hours d day days yr year years month months ' +
    'm mm cm dm km nm µm um in inch inches ft feet yd mi mile miles g mg kg µg t lb lbs oz l ml dl m2 m² km2 km² m3 m³ ' +
    'ha acre acres c f k °c °f degc degf deg ° degrees celsius fahrenheit kelvin pa hpa kpa mpa bar mbar psi atm n kn j kj ' +
    'mj kcal cal w kw mw gw wh kwh mwh v mv kv a ma ah ohm ω hz khz mhz ghz db dba lx lm cd mol mmol mm/h mm/hr m/s km/h kmh ' +
    'mph kt kn knots rpm w/m2 w/m² ppm ppb µg/m3 µg/m³ ug/m3 mg/l g/l mmhg % percent pct eur usd gbp chf jpy € $ £ ¥ ' +
    'count counts number n/a - none unitless dimensionless ' +
    'sec secs minutes hrs newton newtons metre metres meter meters millimetre millimetres millimeter millimeters centimetre centimetres ' +
    'kilometre kilometres kilogram kilograms gram grams litre litres liter liters kilowatt kilowatts megawatt megawatts volt volts ampere amperes amp amps watt watts hertz pascal ' +
    'deg_c deg_f degree ts rn smp avg std tot vol vals yyyy-mm-dd hh:mm hh:mm:ss yyyy ' +
    'int integer int64 int32 float float64 double string str text varchar object date datetime timestamp bool boolean numeric char'
  ).split(' '),
);

/** What stands behind a unit: “litres per minute”, “m a.s.l.”. */
const BEHIND = /^(per|of|above|below|over|a\.s\.l\.|asl|sea|ground|level|water|squared|cubed)$/;
const MAX_WORDS = 5;

/** Whether a cell holds a unit: one of the known ones, or something short in brackets. */
export function isUnit(cell: string): boolean {
  const text = cell
    .trim()
    .toLowerCase()
    .replace(/^deg (?=[cfk]$)/, 'deg');
  if (/^[([{<][^()[\]{}<>]{1,16}[)\]}>]$/.test(text)) return true;
  // Widths of columns, as the USGS writes them under names: 5s, 14n, 20d.
  if (UNITS.has(text) || /^\d{1,3}[snd]$/.test(text)) return true;
  const isKnown = (word: string) => UNITS.has(word) || UNITS.has(`${word}s`);
  const [first = '', ...more] = text.split(/\s+/);
  if (isKnown(first) && more.length < MAX_WORDS && more.every((word) => isKnown(word) || BEHIND.test(word)))
    return true;
  const parts = text.split(/[/·*]|\^?-?\d\b/).filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => UNITS.has(part));
}
