import type { ColumnData } from '../../../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../../../src/domain/columns';
import { hash, RandomStream } from '../../../src/domain/random';
import { numberColumn, textColumn } from '../encoding/testing';

/** A made-up column: the rows that are learned, and as many of the same population that are not. */
export interface RandomColumn {
  readonly encodingType: ResolvedEncodingType;
  readonly storageType: StorageType;
  readonly learned: ColumnData;
  readonly strangers: ColumnData;
  /** What the population is, in words. */
  readonly about: string;
}

type Draw = (stream: RandomStream) => string | number;

interface Population {
  readonly about: string;
  readonly encodingType: ResolvedEncodingType;
  readonly storageType: StorageType;
  readonly draw: Draw;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DAY = 86_400_000;

/** A column of a random population, type and number of rows, from 1 to 600, with nulls in some. */
export function randomColumn(seed: number): RandomColumn {
  const stream = new RandomStream(seed, 'random column');
  const populations = [
    codes,
    words,
    whole,
    amounts,
    measured,
    locations,
    stations,
    instants,
    days,
    few,
    categories,
  ];
  const population = populations[stream.below(populations.length)]!(stream);
  const rows = stream.uniform() < 0.1 ? 1 + stream.below(20) : 20 + stream.below(580);
  const nulls = stream.uniform() < 0.4 ? stream.uniform() * 0.3 : 0;
  // Some values are everybody's: they are to come out as they are.
  const common = Array.from({ length: stream.below(4) }, () => population.draw(stream));
  const commonShare = common.length > 0 ? stream.uniform() * 0.6 : 0;
  const sample = (part: number): ColumnData => {
    const own = new RandomStream(hash(seed, part), 'rows');
    const values = Array.from({ length: rows }, () => {
      if (own.uniform() < nulls) return null;
      return own.uniform() < commonShare ? common[own.below(common.length)]! : population.draw(own);
    });
    return population.storageType === 'text'
      ? textColumn(values.map((value) => (value === null ? null : String(value))))
      : numberColumn(values.map((value) => (value === null ? null : Number(value))));
  };
  const { about, encodingType, storageType } = population;
  return { about, encodingType, storageType, learned: sample(1), strangers: sample(2) };
}

/** A position of a code: what may stand there. */
function codes(stream: RandomStream): Population {
  const alphabets = Array.from({ length: 2 + stream.below(14) }, () => {
    const kind = stream.below(4);
    if (kind === 0) return [LETTERS[stream.below(26)]!];
    if (kind === 1) return ['-', '/', ' '].slice(0, 1 + stream.below(2));
    return kind === 2 ? Array.from(LETTERS).slice(0, 2 + stream.below(25)) : Array.from('0123456789');
  });
  const draw: Draw = (own) => alphabets.map((chars) => chars[own.below(chars.length)]!).join('');
  return { about: 'codes of a form', encodingType: 'TABULAR_CHARACTER', storageType: 'text', draw };
}

function words(stream: RandomStream): Population {
  const longest = 2 + stream.below(60);
  const draw: Draw = (own) =>
    Array.from({ length: own.below(longest) }, () => 'aeiounrstlé 漢🙂'.at(own.below(13))!).join('');
  return { about: 'texts of any length', encodingType: 'TABULAR_CHARACTER', storageType: 'text', draw };
}

function whole(stream: RandomStream): Population {
  const scale = 10 ** (1 + stream.below(10));
  const step = [1, 1, 5, 10, 1000][stream.below(5)]!;
  const shift = stream.uniform() < 0.5 ? 0 : scale;
  const draw: Draw = (own) => Math.round((own.normal() * scale + shift) / step) * step + 0;
  return digits('whole numbers', 'integer', draw, stream);
}

function amounts(stream: RandomStream): Population {
  const spread = 0.5 + 2 * stream.uniform();
  const decimals = stream.below(5);
  const draw: Draw = (own) => Number(Math.exp(3 + spread * own.normal()).toFixed(decimals));
  return digits('skewed amounts', 'float', draw, stream);
}

function measured(stream: RandomStream): Population {
  const scale = 10 ** (stream.below(40) - 20);
  return digits('measurements of all digits', 'float', (own) => own.normal() * scale, stream);
}

function digits(about: string, storageType: StorageType, draw: Draw, stream: RandomStream): Population {
  const encodingType = stream.uniform() < 0.75 ? 'TABULAR_NUMERIC_DIGIT' : 'TABULAR_NUMERIC_BINNED';
  return { about, encodingType, storageType, draw };
}

function locations(stream: RandomStream): Population {
  const decimals = 3 + stream.below(4);
  const towns = Array.from({ length: 1 + stream.below(8) }, () => [
    -60 + 120 * stream.uniform(),
    -170 + 340 * stream.uniform(),
    0.01 + stream.uniform(),
  ]);
  const draw: Draw = (own) => {
    const [latitude = 0, longitude = 0, width = 1] = towns[own.below(towns.length)]!;
    return `${(latitude + width * own.normal()).toFixed(decimals)}, ${(longitude + width * own.normal()).toFixed(decimals)}`;
  };
  return { about: 'locations', encodingType: 'TABULAR_LAT_LONG', storageType: 'text', draw };
}

function stations(stream: RandomStream): Population {
  const all = Array.from(
    { length: 3 + stream.below(200) },
    () => `${(stream.uniform() * 80).toFixed(5)},${(stream.uniform() * 170).toFixed(5)}`,
  );
  const draw: Draw = (own) => all[Math.floor(own.uniform() ** 2 * all.length)]!;
  return { about: 'stations', encodingType: 'TABULAR_LAT_LONG', storageType: 'text', draw };
}

function instants(stream: RandomStream): Population {
  const unit = [1, 1000, 60_000, 3_600_000][stream.below(4)]!;
  const span = DAY * 10 ** (1 + 4 * stream.uniform());
  const draw: Draw = (own) => Math.floor((1.5e12 + span * own.normal()) / unit) * unit;
  return { about: 'instants', encodingType: 'TABULAR_DATETIME', storageType: 'datetime', draw };
}

function days(stream: RandomStream): Population {
  const [first, last] = [-719_162, 2_932_896];
  const from = first + stream.below(last - first);
  const span = 1 + stream.below(Math.min(100_000, last - from));
  const draw: Draw = (own) => (from + own.below(span)) * DAY;
  return {
    about: 'days of the years 1 to 9999',
    encodingType: 'TABULAR_DATETIME',
    storageType: 'date',
    draw,
  };
}

function few(stream: RandomStream): Population {
  const spread = 1 + stream.below(60);
  const draw: Draw = (own) => Math.round(own.normal() * spread) + 0;
  return { about: 'few numbers', encodingType: 'TABULAR_NUMERIC_DISCRETE', storageType: 'integer', draw };
}

function categories(stream: RandomStream): Population {
  const count = 2 + stream.below(400);
  const draw: Draw = (own) => `category ${Math.floor(own.uniform() ** 3 * count)}`;
  return { about: 'categories', encodingType: 'TABULAR_CATEGORICAL', storageType: 'text', draw };
}
