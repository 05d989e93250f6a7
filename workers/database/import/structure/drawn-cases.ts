import { lines, of, type StructureCase, title } from './case-form';

/** Tables as programs print them, and names that are written otherwise than the rows. */
export const DRAWN_CASES: Readonly<Record<string, readonly StructureCase[]>> = {
  'lines drawn around a table': [
    of(
      lines('| name | n |', '|------|--:|', '| Ann | 5 |', '| Bob | 6 |'),
      'name|n',
      ['Ann |5 ', 'Bob |6 '].map((row) =>
        row
          .split('|')
          .map((cell) => ` ${cell}`)
          .join('|'),
      ),
      { skipped: title(2) },
    ),
    of(
      lines('+----+----+', '|id|tag|', '+====+====+', '|1|a|', '+----+----+', '|2|b|', '+----+----+'),
      'id|tag',
      ['1|a', '2|b'],
      { skipped: title(1, 3, 5, 7) },
    ),
    of(lines('|k|v|', '|x|4|', '|y|5|', '|z|6|'), 'k|v', ['x|4', 'y|5', 'z|6']),
    of(lines(',k,v,', ',x,4,', ',y,5,', ',z,6,'), 'k|v', ['x|4', 'y|5', 'z|6']),
  ],
  'columns of blanks under a drawn line, and cells in quotes': [
    of(
      lines('Job      Name  State', '------- ----- ------', '17       make   DONE', '18       test   LOST'),
      'Job|Name|State',
      ['17|make|DONE', '18|test|LOST'],
      { skipped: title(2) },
    ),
    of(lines('"a" "b"', '"Mazda" 21 6', '"Fiat 128" 32 4', '"Lotus" 30 4'), 'column_1|a|b', [
      'Mazda|21|6',
      'Fiat 128|32|4',
      'Lotus|30|4',
    ]),
    of(lines('x  y z', '1.5  2 3', '1.6  2 4', '1.7  3 5'), 'x|y|z', ['1.5|2|3', '1.6|2|4', '1.7|3|5']),
    of(
      lines(...Array.from({ length: 6 }, (_, i) => `img/${i}.png cat`)),
      'column_1|column_2',
      Array.from({ length: 6 }, (_, i) => `img/${i}.png|cat`),
    ),
  ],
  'blanks around a colon': [
    of(lines('who : age : town', 'Ann : 5 : Ulm', 'Bob : 6 : Graz', 'Cy : 7 : Linz'), 'who|age|town', [
      'Ann|5|Ulm',
      'Bob|6|Graz',
      'Cy|7|Linz',
    ]),
    of(lines('town : rate', 'Ulm : 2.5', 'Graz : 1.75', 'Linz : 9'), 'town|rate', [
      'Ulm|2.5',
      'Graz|1.75',
      'Linz|9',
    ]),
    of(
      lines('at : spot', '10:05 : yard', '11:10 : gate', '12:15 : hall').replaceAll(' : ', ' : x : '),
      'at|x|spot',
      ['10:05|x|yard', '11:10|x|gate', '12:15|x|hall'],
    ),
    of(lines('Name : Ann Berg', 'Town : Ulm', 'Trade : smith'), 'Name : Ann Berg', [
      'Town : Ulm',
      'Trade : smith',
    ]),
  ],
  'a mark that cuts the names and all rows, where another cuts the rows alone': [
    of(
      lines('item;day', 'a;Monday, March 2, 2020', 'b;Tuesday, March 3, 2020', 'c;Friday, March 6, 2020'),
      'item|day',
      ['a|Monday, March 2, 2020', 'b|Tuesday, March 3, 2020', 'c|Friday, March 6, 2020'],
    ),
    of(lines('id\tnote', '1\tred, big', '2\tblue, small', '3\tpink, tiny'), 'id|note', [
      '1|red, big',
      '2|blue, small',
      '3|pink, tiny',
    ]),
    of(lines('k;list', '1;a,b,c', '2;d,e,f', '3;g,h,i'), 'k|list', ['1|a,b,c', '2|d,e,f', '3|g,h,i']),
  ],
  'units above few rows, and units in words': [
    of(
      lines('probe,length,load', ',mm,N', 'a,1.5,20', 'b,2.5,30'),
      'probe|length|load',
      ['a|1.5|20', 'b|2.5|30'],
      {
        skipped: [[2, 'units']],
      },
    ),
    of(
      lines('id,depth,flow', ',m a.s.l.,kilowatt hours', '1,2.5,9', '2,3.5,8'),
      'id|depth|flow',
      ['1|2.5|9', '2|3.5|8'],
      { skipped: [[2, 'units']] },
    ),
    of(lines('t;v;q', 's;litres per minute;kg*m/s', '1;2.5;9', '2;3.5;8'), 't|v|q', ['1|2.5|9', '2|3.5|8'], {
      skipped: [[2, 'units']],
    }),
  ],
  'units, types and descriptions in several rows': [
    of(
      lines(
        'TIME,NO,TEMP',
        'TS,RN,Deg C',
        ',,Avg',
        ...['1', '2', '3', '4', '5', '6'].map((n) => `0${n}:00,${n},1${n}.5`),
      ),
      'TIME|NO|TEMP',
      ['1', '2', '3', '4', '5', '6'].map((n) => `0${n}:00|${n}|1${n}.5`),
      {
        skipped: [
          [2, 'units'],
          [3, 'units'],
        ],
      },
    ),
    of(
      lines(
        'Q1,Q2',
        'Where do you live now?,How old are you today?',
        ...['31', '44', '27', '60', '19'].map((n) => `Ulm,${n}`),
      ),
      'Q1|Q2',
      ['31', '44', '27', '60', '19'].map((n) => `Ulm|${n}`),
      { skipped: [[2, 'units']] },
    ),
    of(
      lines(
        'id,low,high',
        'the key,lowest,highest',
        ...['1', '2', '3', '4', '5'].map((n) => `k${n},${n},1${n}`),
      ),
      'id|low|high',
      ['1', '2', '3', '4', '5'].map((n) => `k${n}|${n}|1${n}`),
      { skipped: [[2, 'units']] },
    ),
    of(lines('t,f', 'sec,newton', '1,2.5', '2,2.7', '3,2.9'), 't|f', ['1|2.5', '2|2.7', '3|2.9'], {
      skipped: [[2, 'units']],
    }),
  ],
  'groups above names that repeat': [
    of(
      lines(',2019,,2020,', 'town,m,f,m,f', 'Ulm,1,2,3,4', 'Graz,5,6,7,8'),
      'town|2019 m|2019 f|2020 m|2020 f',
      ['Ulm|1|2|3|4', 'Graz|5|6|7|8'],
    ),
    of(
      lines('area;town;town;land;land', 'area;mean;sd;mean;sd', 'N;1;2;3;4', 'S;5;6;7;8'),
      'area|town mean|town sd|land mean|land sd',
      ['N|1|2|3|4', 'S|5|6|7|8'],
    ),
    of(lines('\ta\t\tb\t', 'id\tx\ty\tx\ty', '1\t5\t6\t7\t8', '2\t5\t6\t7\t9'), 'id|a x|a y|b x|b y', [
      '1|5|6|7|8',
      '2|5|6|7|9',
    ]),
  ],
  'names cut by another mark, or in quotes': [
    of(lines('id;name;n', '1,Ann,5', '2,Bob,6', '3,Cy,7'), 'id|name|n', ['1|Ann|5', '2|Bob|6', '3|Cy|7']),
    of(lines('"id,name,n"', '1,Ann,5', '2,Bob,6', '3,Cy,7'), 'id|name|n', ['1|Ann|5', '2|Bob|6', '3|Cy|7']),
    of(lines("'a'\t'b'", '1\t2', '3\t4'), 'a|b', ['1|2', '3|4']),
    of(lines('"""; quoted",size 5",n', '1,2,5', '2,3,6'), '"; quoted|size 5"|n', ['1|2|5', '2|3|6']),
    of(lines('id,"name,n', '1,Ann,5', '2,Bob,6', '3,Cy,7'), 'id|name|n', ['1|Ann|5', '2|Bob|6', '3|Cy|7']),
  ],
  'names again in other capitals': [
    of(lines('Id;Goals', '1;2', 'id;goals', '3;4'), 'Id|Goals', ['1|2', '3|4'], {
      skipped: [[3, 'names again']],
    }),
    of(lines('a,b', '1,2', 'A,B', '3,4'), 'a|b', ['1|2', '3|4'], { skipped: [[3, 'names again']] }),
    of(lines('Who\tAge', 'Ann\t5', 'WHO\tAGE', 'Bob\t6'), 'Who|Age', ['Ann|5', 'Bob|6'], {
      skipped: [[3, 'names again']],
    }),
  ],
  'notes below, with delimiters': [
    of(
      lines('town,a,b', 'Ulm,1,2', 'Graz,3,4', '', 'Note: of the office.', 'Source: Survey, 2019'),
      'town|a|b',
      ['Ulm|1|2', 'Graz|3|4'],
      { skipped: title(5, 6) },
    ),
    of(
      lines('town,a,b', 'Ulm,1,2', 'Graz,3,4', '1) provisional,,', '* estimated,,'),
      'town|a|b',
      ['Ulm|1|2', 'Graz|3|4'],
      {
        skipped: title(4, 5),
      },
    ),
    of(
      lines('town;a;b', 'Ulm;1;2', 'Graz;3;4', 'The figures do not add up to the sum;;'),
      'town|a|b',
      ['Ulm|1|2', 'Graz|3|4'],
      { skipped: title(4) },
    ),
    of(lines('town;a;b', 'Ulm;1;2', 'Zug;;', 'Graz;3;4', 'Bern;;'), 'town|a|b', [
      'Ulm|1|2',
      'Zug|~|~',
      'Graz|3|4',
      'Bern|~|~',
    ]),
  ],
  'codes that name columns, under a blank corner': [
    of(
      lines('\t7157\t672\t1956', 'S1\t0.5\t1.5\t2', 'S2\t1.5\t0.5\t4', 'S3\t2\t5\t1'),
      'column_1|7157|672|1956',
      ['S1|0.5|1.5|2', 'S2|1.5|0.5|4', 'S3|2|5|1'],
    ),
    of(lines(',90,30', 'a,1,2', 'b,3,4', 'c,5,6'), 'column_1|90|30', ['a|1|2', 'b|3|4', 'c|5|6']),
    of(lines(';12;7;3', 'x;1;9;4', 'y;8;2;6', 'z;3;5;7'), 'column_1|12|7|3', [
      'x|1|9|4',
      'y|8|2|6',
      'z|3|5|7',
    ]),
  ],
  'lists of words, and rows of any length': [
    of(
      lines(...'the of and to in is was he for it'.split(' ')),
      'column_1',
      'the of and to in is was he for it'.split(' '),
    ),
    of(
      lines('word', ...'the of and to in is was he for it'.split(' ')),
      'word',
      'the of and to in is was he for it'.split(' '),
    ),
    of(
      lines(
        'S1\tTP53\tMYC',
        'S2\tEGFR',
        'S3\tKRAS\tMYC\tTP53\tALK',
        'S4\tMYC\tALK\tKRAS',
        'S5\tALK\tTP53\tKRAS\tEGFR\tMYC',
        'S6\tALK',
      ),
      'column_1|column_2|column_3|column_4|column_5|column_6',
      [
        'S1|TP53|MYC|~|~|~',
        'S2|EGFR|~|~|~|~',
        'S3|KRAS|MYC|TP53|ALK|~',
        'S4|MYC|ALK|KRAS|~|~',
        'S5|ALK|TP53|KRAS|EGFR|MYC',
        'S6|ALK|~|~|~|~',
      ],
    ),
  ],
};
