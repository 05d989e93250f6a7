import { describe, expect, it } from 'vitest';
import type { TextEncoding } from '../../../src/domain/sources';
import { encodeText } from '../testing/encode-text';
import { decodeText, mendUtf8, utf8Length } from './decode-text';
import { detectEncoding, headAsUtf8, surveyEncoding } from './encoding';
import { TextSurveyor } from './text-survey';

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

const table = (...cells: string[]) =>
  `id,name,n\n${cells.map((cell, i) => `${i},${cell},${7 * i}\n`).join('')}`;

/** A few cells each, as small files have them. */
const TEXTS: readonly [TextEncoding, string][] = [
  ['windows-1252', table('Müller', 'Weiß', 'Jäger')],
  ['windows-1252', table('Hélène', 'François', 'Noël')],
  ['windows-1252', table('don’t', 'it’s “fine”', 'cost: €5 – €7')],
  ['windows-1250', table('Łukasz', 'Wiśniewska', 'Wójcik')],
  ['windows-1250', table('Dvořák', 'Příbram', 'Šťastný')],
  ['windows-1250', table('Győr', 'Székesfehérvár', 'Hódmezővásárhely')],
  ['windows-1251', table('Иванов', 'Петрова', 'Сидоров')],
  ['windows-1251', table('Київ', 'Львів', 'Чернівці')],
  ['windows-1253', table('Αθήνα', 'Θεσσαλονίκη', 'Πάτρα')],
  ['windows-1254', table('İstanbul', 'Diyarbakır', 'Şanlıurfa')],
  ['windows-1255', table('ירושלים', 'חיפה', 'באר שבע')],
  ['windows-1256', table('القاهرة', 'الرياض', 'بغداد')],
  ['windows-1257', table('Šiauliai', 'Panevėžys', 'Klaipėda ąžuolų')],
  ['windows-874', table('กรุงเทพ', 'เชียงใหม่', 'ภูเก็ต')],
  ['iso-8859-2', table('Łukasz', 'Wiśniewska', 'Źródło')],
  ['iso-8859-5', table('Москва', 'Казань', 'Самара')],
  ['iso-8859-15', table('5 €', 'œuvre', 'cœur brisé')],
  ['koi8-r', table('Москва', 'Казань', 'Новгород')],
  ['ibm866', table('Москва', 'Казань', 'Новгород')],
  ['macintosh', table('München', 'Köln', 'Würzburg')],
  ['macintosh', table('São Paulo', 'Brasília', 'Goiânia')],
  ['shift_jis', table('田中太郎', '鈴木花子', '佐藤一郎')],
  ['shift_jis', table('りんご', 'バナナ', 'みかん')],
  ['euc-jp', table('東京都', '京都府', '北海道')],
  ['gb18030', table('北京市', '上海市', '广州市')],
  ['gb18030', table('王小明', '李华', '张伟')],
  ['big5', table('台北市', '高雄市', '新竹縣')],
  ['euc-kr', table('서울', '부산', '대전광역시')],
  ['iso-2022-jp', table('東京', '大阪', '京都')],
];

/** `iso-2022-jp` has states, which the decoder's table the other way round does not know. */
function encoded(text: string, encoding: TextEncoding): Uint8Array {
  if (encoding !== 'iso-2022-jp') return encodeText(text, encoding)!;
  const parts = text
    .split(/(?<=\p{Script=Han})(?=\P{Script=Han})|(?<=\P{Script=Han})(?=\p{Script=Han})/u)
    .map((run) => {
      const euc = [...encodeText(run, 'euc-jp')!];
      return euc[0]! < 128 ? euc : [0x1b, 0x24, 0x42, ...euc.map((byte) => byte - 128), 0x1b, 0x28, 0x42];
    });
  return Uint8Array.from(parts.flat());
}

describe('surveyEncoding', () => {
  it('takes the commonest of encodings that make the same text, whatever a detector says', async () => {
    const cells = Array.from({ length: 200 }, (_, i) => ['Köln', 'Würzburg', 'Berlin'][i % 3]!);
    const bytes = encodeText(
      `Beginn;Stadt;Gebühr\n${cells.map((cell) => `1.2.2024;${cell};5,50\n`).join('')}`,
      'windows-1252',
    );
    expect(await surveyEncoding(pieces(bytes!, 1000))).toBe('windows-1252');
  });

  it.each(TEXTS)('%s of a few cells: %j', async (encoding, text) => {
    const bytes = encoded(text, encoding);
    const found = detectEncoding(bytes, true);
    expect(decodeText(bytes, found)).toBe(text);
    const byAll = encoding === 'iso-2022-jp' ? found : await surveyEncoding(pieces(bytes, 7));
    expect(decodeText(bytes, byAll)).toBe(text);
  });

  it('looks at the whole file: words far behind the head decide, too', async () => {
    const head = encodeText(table('café'), 'windows-1251') ?? encodeText(table('caf'), 'windows-1251')!;
    const rest = encodeText(table('Челябинск', 'Екатеринбург', 'Ростов-на-Дону'), 'windows-1251')!;
    const bytes = Uint8Array.from([...head, ...new Uint8Array(300_000).fill(0x61), 10, ...rest]);
    expect(await surveyEncoding(pieces(bytes, 65_536))).toBe('windows-1251');
  });

  it.each([
    ['one bad byte among valid ones', 'Zoë', 'Björn', 'Łódź'],
    ['one bad byte beside one valid character', 'Søren', 'plain', 'plain'],
    ['one bad byte beside Chinese', '北京市', '上海市', '广州'],
  ])('keeps UTF-8 with %s', async (_, ...cells) => {
    const good = new TextEncoder().encode(table(...cells));
    const bytes = Uint8Array.from([
      ...good,
      ...[...'9,caf'].map((char) => char.charCodeAt(0)),
      0xe9,
      44,
      49,
      10,
    ]);
    expect(await surveyEncoding(pieces(bytes, 11))).toBe('utf-8');
    expect(new TextDecoder().decode(headAsUtf8(bytes, 'utf-8'))).toContain('café,1');
  });
});

describe('UTF-16 without a mark', () => {
  it.each([
    ['utf-16le', table('Müller', 'Jäger')],
    ['utf-16be', table('Müller', 'Jäger')],
    ['utf-16le', table('Москва и Санкт-Петербург', 'Нижний Новгород', 'Екатеринбург')],
    ['utf-16be', table('東京都千代田区', '大阪府大阪市', '名古屋市中区')],
  ] as const)('%s: %j', (encoding, text) => {
    expect(detectEncoding(encodeText(text, encoding)!, true)).toBe(encoding);
  });

  it.each(['a\u0000b,c\n1,2\n', 'id,x\n1,\u0000\u0000\n2,\u0000\n'])(
    'is not what a few zero bytes are: %j',
    (text) => {
      expect(detectEncoding(new TextEncoder().encode(text), true)).toBe('utf-8');
    },
  );
});

describe('TextSurveyor', () => {
  it('counts characters and strays alike however the bytes come', () => {
    const text = new TextEncoder().encode(`${table('Łódź', 'Ωmega', '漢字', '😀')}`.repeat(50));
    const bytes = Uint8Array.from([...text, 0xe9, 44, 0xff, 10]);
    for (const size of [1, 3, 64, 1000, bytes.length]) {
      const surveyor = new TextSurveyor();
      for (let at = 0; at < bytes.length; at += size) surveyor.take(bytes.slice(at, at + size));
      surveyor.take(new Uint8Array(0), true);
      const { sequences, strays } = surveyor.survey;
      expect([sequences, strays]).toEqual([50 * 7, 2]);
    }
  });

  it('keeps a small sample of a large file', () => {
    const surveyor = new TextSurveyor();
    for (let i = 0; i < 50; i++)
      surveyor.take(encodeText(table('Müller', 'Weiß').repeat(500), 'windows-1252')!);
    surveyor.take(new Uint8Array(0), true);
    expect(surveyor.survey.strays).toBe(50 * 500 * 2);
    expect(surveyor.survey.sample.length).toBeLessThan(40_000);
  });
});

describe('decodeText', () => {
  it('reads Windows-1252 as the Encoding Standard has it', () => {
    expect(decodeText(Uint8Array.of(0x80, 0x92, 0x9f, 0xe9), 'windows-1252')).toBe('€’Ÿé');
  });

  it('mends bytes that are no UTF-8, and leaves the rest', () => {
    const { bytes, mended } = mendUtf8(Uint8Array.of(0xc3, 0xa9, 0xe9, 0x61, 0xe2, 0x82, 0xf0));
    expect([new TextDecoder().decode(bytes), mended]).toEqual(['ééaâ‚ð', 4]);
  });

  it.each([
    [[0xc0, 0x80], 0],
    [[0xed, 0xa0, 0x80], 0],
    [[0xf4, 0x90, 0x80, 0x80], 0],
    [[0xf0, 0x9f, 0x98, 0x80], 4],
    [[0xe2, 0x82], -1],
  ])('%j is UTF-8 of %i bytes', (bytes, length) => {
    expect(utf8Length(Uint8Array.from(bytes), 0)).toBe(length);
  });
});
