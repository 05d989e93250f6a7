import { lines, of, type StructureCase } from './case-form';
import { DRAWN_CASES } from './drawn-cases';
import { EXPORT_CASES } from './export-cases';
import { MORE_EXPORT_CASES } from './export-cases-more';
import { TITLE_CASES } from './title-cases';

/** Kinds of structure that real files have, three and more texts of each. */
export const STRUCTURE_CASES: Readonly<Record<string, readonly StructureCase[]>> = {
  ...TITLE_CASES,
  ...DRAWN_CASES,
  ...EXPORT_CASES,
  ...MORE_EXPORT_CASES,
  'names few of the columns, and rows that fill few': [
    of(lines('k1,k2,,', 'a,b one,,', 'c,b two,,', 'a,x,y,z', 'c,b three,,'), 'k1|k2|column_3|column_4', [
      'a|b one|~|~',
      'c|b two|~|~',
      'a|x|y|z',
      'c|b three|~|~',
    ]),
    of(
      lines('label;text;;;', ...Array.from({ length: 70 }, () => 'no;"so; it";;;'), 'yes;a;b;c;d'),
      'label|text|column_3|column_4|column_5',
      [...Array.from({ length: 70 }, () => 'no|so; it|~|~|~'), 'yes|a|b|c|d'],
    ),
    of(lines('id\tnote\t\t', '1\tx\t\t', '2\ty\t\t', '3\tz\tlate\tvalues'), 'id|note|column_3|column_4', [
      '1|x|~|~',
      '2|y|~|~',
      '3|z|late|values',
    ]),
  ],
  'names that are dates': [
    of(lines('town,2020-01-01,2020-02-01', 'Ulm,4,5', 'Graz,6,7'), 'town|2020-01-01|2020-02-01', [
      'Ulm|4|5',
      'Graz|6|7',
    ]),
    of(
      lines('01.03.2021;01.04.2021;01.05.2021', '3,5;4,5;5,5', '6,5;7,5;8,5'),
      '01.03.2021|01.04.2021|01.05.2021',
      ['3,5|4,5|5,5', '6,5|7,5|8,5'],
    ),
    of(lines(',3/1/21,3/2/21', 'x,1,2', 'y,3,4'), 'column_1|3/1/21|3/2/21', ['x|1|2', 'y|3|4']),
  ],
  'names that are numbers or years': [
    of(lines('gene,0,1,2', 'abc,5.5,1.2,9', 'def,2.5,7.1,3'), 'gene|0|1|2', [
      'abc|5.5|1.2|9',
      'def|2.5|7.1|3',
    ]),
    of(lines('0,1,2,3', '5.1,3.5,1.4,0.2', '4.9,3,1.4,0.2', '4.7,3.2,1.3,0.2'), '0|1|2|3', [
      '5.1|3.5|1.4|0.2',
      '4.9|3|1.4|0.2',
      '4.7|3.2|1.3|0.2',
    ]),
    of(lines('country;1990;2000;2010', 'Chile;13;15;17', 'Peru;22;26;29'), 'country|1990|2000|2010', [
      'Chile|13|15|17',
      'Peru|22|26|29',
    ]),
    of(lines(',10,20,50', 'low,3,2,1', 'high,9,4,3'), 'column_1|10|20|50', ['low|3|2|1', 'high|9|4|3']),
  ],
  'a blank corner': [
    of(lines(',score', '0,7', '1,9', '2,8'), 'column_1|score', ['0|7', '1|9', '2|8']),
    of(lines(',0', '0,1.25', '1,2.5', '2,5.75'), 'column_1|0', ['0|1.25', '1|2.5', '2|5.75']),
    of(lines('\tsize\tweight', 'ant\t1\t2', 'bee\t2\t3', 'cat\t40\t4000'), 'column_1|size|weight', [
      'ant|1|2',
      'bee|2|3',
      'cat|40|4000',
    ]),
    of(lines('"mpg","cyl"', '"Mazda RX4",21,6', '"Datsun 710",22.8,4'), 'column_1|mpg|cyl', [
      'Mazda RX4|21|6',
      'Datsun 710|22.8|4',
    ]),
  ],
  'a single name': [
    of(lines('who,,', 'Di,Ed,Flo'), 'who|column_2|column_3', ['Di|Ed|Flo']),
    of(lines('key;;;', 'a;b;c;d', 'e;f;g;h'), 'key|column_2|column_3|column_4', ['a|b|c|d', 'e|f|g|h']),
    of(lines('n,', '5,x', '6,y', '7,z'), 'n|column_2', ['5|x', '6|y', '7|z']),
  ],
  'no names': [
    of(lines('cat,Katze', 'dog,Hund', 'cow,Kuh', 'horse,Pferd'), 'column_1|column_2', [
      'cat|Katze',
      'dog|Hund',
      'cow|Kuh',
      'horse|Pferd',
    ]),
    of(
      lines('Oslo\tNorwegen\tNOR', 'Rom\tItalien\tITA', 'Bern\tSchweiz\tSUI'),
      'column_1|column_2|column_3',
      ['Oslo|Norwegen|NOR', 'Rom|Italien|ITA', 'Bern|Schweiz|SUI'],
    ),
    of(
      lines(
        'ham;We meet at five in the park.',
        'spam;You have won a prize of gold!',
        'ham;See you there then, good night.',
      ),
      'column_1|column_2',
      [
        'ham|We meet at five in the park.',
        'spam|You have won a prize of gold!',
        'ham|See you there then, good night.',
      ],
    ),
    of(lines('12,red', '13,blue', '14,red'), 'column_1|column_2', ['12|red', '13|blue', '14|red']),
  ],
  'names over texts': [
    of(lines('fruit,colour', 'apple,red', 'pear,green', 'plum,blue'), 'fruit|colour', [
      'apple|red',
      'pear|green',
      'plum|blue',
    ]),
    of(lines('Vorname;Ort', 'Ann;Ulm', 'Bob;Graz', 'Cy;Linz'), 'Vorname|Ort', [
      'Ann|Ulm',
      'Bob|Graz',
      'Cy|Linz',
    ]),
    of(lines('first_name,job_title', 'Ann,cook', 'Bob,smith', 'Cy,baker'), 'first_name|job_title', [
      'Ann|cook',
      'Bob|smith',
      'Cy|baker',
    ]),
  ],
  'names again': [
    of(lines('a,b', '1,2', 'a,b', '3,4', 'a,b', '5,6'), 'a|b', ['1|2', '3|4', '5|6'], {
      skipped: [
        [3, 'names again'],
        [5, 'names again'],
      ],
    }),
    of(
      lines('name;city', 'Ann;Ulm', 'Bob;Graz', '', 'name;city', 'Cy;Linz'),
      'name|city',
      ['Ann|Ulm', 'Bob|Graz', 'Cy|Linz'],
      {
        skipped: [[5, 'names again']],
      },
    ),
    of(lines('"t","v"', '"1","x"', '"t","v"', '"2","y"'), 't|v', ['1|x', '2|y'], {
      skipped: [[3, 'names again']],
    }),
  ],
  'units below the names': [
    of(lines('time;speed;way', 'min;km/h;km', '0;50;0', '1;60;1'), 'time|speed|way', ['0|50|0', '1|60|1'], {
      skipped: [[2, 'units']],
    }),
    of(
      lines('site,temp,rain', ',(°C),(mm)', 'north,5.5,3', 'south,9.5,1'),
      'site|temp|rain',
      ['north|5.5|3', 'south|9.5|1'],
      {
        skipped: [[2, 'units']],
      },
    ),
    of(
      lines('id,name,weight', 'int,string,float', '1,ant,0.5', '2,bee,0.7'),
      'id|name|weight',
      ['1|ant|0.5', '2|bee|0.7'],
      {
        skipped: [[2, 'units']],
      },
    ),
  ],
  'names in two rows': [
    of(
      lines('site,2021,,2022,', ',dry,wet,dry,wet', 'north,1,2,3,4', 'south,5,6,7,8'),
      'site|2021 dry|2021 wet|2022 dry|2022 wet',
      ['north|1|2|3|4', 'south|5|6|7|8'],
    ),
    of(
      lines(';left;left;right', 'who;eye;ear;eye', 'Ann;5;6;7', 'Bob;8;9;4'),
      'who|left eye|left ear|right eye',
      ['Ann|5|6|7', 'Bob|8|9|4'],
    ),
    of(lines('x,size,,', ',cm,inch,feet', 'a,1,2,3', 'b,4,5,6'), 'x|size cm|size inch|size feet', [
      'a|1|2|3',
      'b|4|5|6',
    ]),
  ],
  'short rows': [
    of(lines('a,b,c', '1,2,3', '4,5', '6', '7,8,9'), 'a|b|c', ['1|2|3', '4|5|~', '6|~|~', '7|8|9'], {
      filled: 2,
    }),
    of(
      lines('n;x;y;z', '1;a;b;c', '2;a', '3;b;c;d', '4;a;b'),
      'n|x|y|z',
      ['1|a|b|c', '2|a|~|~', '3|b|c|d', '4|a|b|~'],
      { filled: 2 },
    ),
    of(lines('n,word,m', '1,one,5', '2,tw', 'o,6', '3,three,7'), 'n|word|m', ['1|one|5', '3|three|7'], {
      rejected: [3, 4],
    }),
    of(lines('a,b,c', '1,2,3', '4,5,6', 'x,y', '7,8,9'), 'a|b|c', ['1|2|3', '4|5|6', '7|8|9'], {
      rejected: [4],
    }),
  ],
  'long rows': [
    of(lines('a,b', '1,2', '3,4,,', '5,6'), 'a|b', ['1|2', '3|4', '5|6']),
    of(lines('a,b', '1,2', '3,4,5', '5,6'), 'a|b', ['1|2', '5|6'], { rejected: [3] }),
    of(
      lines('day,word,n', '2020-01-01,x,1', '2020-01-02,,y,2', '2020-01-03,z,3'),
      'day|word|n',
      ['2020-01-01|x|1', '2020-01-03|z|3'],
      {
        rejected: [3],
      },
    ),
    of(
      lines('day,word,n,note', '2020-01-01,x,1,', '2020-01-02,,y,2,', '2020-01-03,z,3,'),
      'day|word|n|note',
      ['2020-01-01|x|1|~', '2020-01-03|z|3|~'],
      { rejected: [3] },
    ),
  ],
  'a delimiter too many': [
    of(lines('a,b', '1,2,', '3,4,', '5,6,'), 'a|b', ['1|2', '3|4', '5|6']),
    of(lines('a;b;', '1;2;', '3;4;'), 'a|b', ['1|2', '3|4']),
    of(lines('a,b,', '1,2', '3,4'), 'a|b', ['1|2', '3|4']),
    of(lines('a\tb\t', '1\t2\t', '3\t4\tx'), 'a|b|column_3', ['1|2|~', '3|4|x']),
  ],
  'one column': [
    of(lines('name', '"Lee, Ann"', '"May, Bob"'), 'name', ['Lee, Ann', 'May, Bob']),
    of(lines('amount', '3,25', '14,05', '1.250,00'), 'amount', ['3,25', '14,05', '1.250,00']),
    of(lines('people', '12,500', '8,250', '1,145,000'), 'people', ['12,500', '8,250', '1,145,000']),
    of(lines('who', 'Ann Lee', 'Bob May', 'Cy Roe'), 'who', ['Ann Lee', 'Bob May', 'Cy Roe']),
    of(lines('time', '12:30', '13:45', '14:00'), 'time', ['12:30', '13:45', '14:00']),
    of(lines('url', 'http://a.example/x', 'http://b.example/y'), 'url', [
      'http://a.example/x',
      'http://b.example/y',
    ]),
  ],
  'no rare delimiters': [
    of(lines('2020-01-01 10:00 start', '2020-01-01 10:01 stop'), 'column_1', [
      '2020-01-01 10:00 start',
      '2020-01-01 10:01 stop',
    ]),
    of(lines('note', 'to do: eat', 'to do: sleep'), 'note', ['to do: eat', 'to do: sleep']),
    of(lines('address', 'Main Street 5', 'Elm Street 7'), 'address', ['Main Street 5', 'Elm Street 7']),
  ],
  'rare delimiters': [
    of(lines('who:town:n', 'Ann:Ulm:5', 'Bob:Graz:6'), 'who|town|n', ['Ann|Ulm|5', 'Bob|Graz|6']),
    of(lines('a#b#c', '1#2#3', '4#5#6'), 'a|b|c', ['1|2|3', '4|5|6']),
    of(lines('a^b', 'x, y^1', 'z^2'), 'a|b', ['x, y|1', 'z|2']),
    of(lines('a`b`c', '1`x`2', '3`y`4'), 'a|b|c', ['1|x|2', '3|y|4']),
    of(lines('a||b||c', '1||x||2', '3||y||4'), 'a|b|c', ['1|x|2', '3|y|4']),
    of(lines('a::b::c', '1::x::2', '3::y::4'), 'a|b|c', ['1|x|2', '3|y|4']),
    of(lines('a~b', '1~x', '2~y'), 'a|b', ['1|x', '2|y']),
  ],
  blanks: [
    of(lines('u v w', '1 2 3', '4 5 6'), 'u|v|w', ['1|2|3', '4|5|6']),
    of(lines('  x    y', ' 1.5  22', '10.5   3', ' 7.0   4'), 'x|y', ['1.5|22', '10.5|3', '7.0|4']),
    of(
      lines(
        'Name        Town       n',
        'Ann Lee     Bad Ischl  5',
        'Bob May     Ulm        6',
        'Cy Roe      New York   7',
      ),
      'Name|Town|n',
      ['Ann Lee|Bad Ischl|5', 'Bob May|Ulm|6', 'Cy Roe|New York|7'],
    ),
  ],
};
