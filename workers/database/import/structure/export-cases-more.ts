import { comment, lines, of, type StructureCase, title } from './case-form';

const units = (...at: readonly number[]) => at.map((line) => [line, 'units'] as const);
const total = (...at: readonly number[]) => at.map((line) => [line, 'total'] as const);

/** More of what programs put around the rows that they export. */
export const MORE_EXPORT_CASES: Readonly<Record<string, readonly StructureCase[]>> = {
  'sums of parts, and several figures below the rows': [
    of(
      lines(',Type,Num,Amount', 'Cash,,,', ',Sale,1,5.5', ',Check,2,7.5', 'Total Cash,,,13', 'TOTAL,,,13'),
      'column_1|Type|Num|Amount',
      ['Cash|~|~|~', '~|Sale|1|5.5', '~|Check|2|7.5'],
      { skipped: total(5, 6) },
    ),
    of(
      lines('tube,a,b', 't1,45.5,61', 't2,39.5,58', 't3,51.5,64', 'Mean,45.5,61', 'SD,6,3'),
      'tube|a|b',
      ['t1|45.5|61', 't2|39.5|58', 't3|51.5|64'],
      { skipped: total(5, 6) },
    ),
    of(
      lines('Stadt;n;m', 'Bonn;5;4', 'Ulm;7;2', 'Köln;8;3', 'Min;5;2', 'Max;8;4', 'Summe;20;9'),
      'Stadt|n|m',
      ['Bonn|5|4', 'Ulm|7|2', 'Köln|8|3'],
      { skipped: total(5, 6, 7) },
    ),
  ],
  'rows called as sums are, between others': [
    of(
      lines('region;sex;n', 'Total Nacional;all;9', 'Total Nacional;men;5', '01 Sur;all;4', '01 Sur;men;2'),
      'region|sex|n',
      ['Total Nacional|all|9', 'Total Nacional|men|5', '01 Sur|all|4', '01 Sur|men|2'],
    ),
    of(lines('name,age,town', 'Max,31,Bonn', 'Max,27,Ulm', 'Eva,40,Ulm'), 'name|age|town', [
      'Max|31|Bonn',
      'Max|27|Ulm',
      'Eva|40|Ulm',
    ]),
    of(lines('item,n,m', 'Total Care,5,4', 'Sum Up,7,2'), 'item|n|m', ['Total Care|5|4', 'Sum Up|7|2']),
  ],
  'what the labels of the rows are called': [
    of(
      lines('region,2020,2021', 'quarter,,', 'Q1,10,11', 'Q2,9,14', 'Q3,20,21'),
      'region|2020|2021',
      ['Q1|10|11', 'Q2|9|14', 'Q3|20|21'],
      { skipped: units(2) },
    ),
    of(
      lines('sex;men;women', 'town;;', 'Bonn;5;6', 'Ulm;7;8', 'Köln;9;1'),
      'sex|men|women',
      ['Bonn|5|6', 'Ulm|7|8', 'Köln|9|1'],
      { skipped: units(2) },
    ),
    // Groups of rows are rows: their own have gaps, too.
    of(
      lines('stock,2020,2021', 'metal,,', 'bolt,10,11', 'nut,9,14', 'wood,,', 'board,2,3'),
      'stock|2020|2021',
      ['metal|~|~', 'bolt|10|11', 'nut|9|14', 'wood|~|~', 'board|2|3'],
    ),
  ],
  'columns counted above their names': [
    of(
      lines('C1-T\tC2\tC3', 'Machine\tStrength\tTemp', 'A\t12.5\t100', 'A\t12.75\t110', 'B\t11.5\t100'),
      'Machine|Strength|Temp',
      ['A|12.5|100', 'A|12.75|110', 'B|11.5|100'],
      { skipped: title(1) },
    ),
    of(lines('V1,V2,V3', 'town,n,m', 'Bonn,5,6', 'Ulm,7,8'), 'town|n|m', ['Bonn|5|6', 'Ulm|7|8'], {
      skipped: title(1),
    }),
    of(
      lines('Column1;Column2', 'name;age', 'Eva;31', 'Jan;28', 'Ute;44'),
      'name|age',
      ['Eva|31', 'Jan|28', 'Ute|44'],
      { skipped: title(1) },
    ),
  ],
  'settings beside the units': [
    of(
      lines(
        'X,CH1,CH2,Start,Step,',
        'Sequence,Volt,Volt,-1.5E-03,2.5E-06',
        '0,1.5,2.5,,',
        '1,1.25,2.75,,',
        '2,1.75,2.25,,',
      ),
      'X|CH1|CH2|Start|Step',
      ['0|1.5|2.5|~|~', '1|1.25|2.75|~|~', '2|1.75|2.25|~|~'],
      { skipped: units(2) },
    ),
    of(
      lines('t;U;I;rate', 's;mV;mA;500', '0;5;1;', '1;6;2;', '2;7;1;'),
      't|U|I|rate',
      ['0|5|1|~', '1|6|2|~', '2|7|1|~'],
      { skipped: units(2) },
    ),
    of(
      lines('time\tdepth\tdevice', 's\tm\tA7', '0\t5\t', '1\t6\t', '2\t7\t'),
      'time|depth|device',
      ['0|5|~', '1|6|~', '2|7|~'],
      { skipped: units(2) },
    ),
  ],
  'names and units in comments': [
    of(
      lines(
        '#YY MM hh WDIR WSPD GST',
        '#yr mo hr degT m/s m/s',
        '2021 06 00 180 5.1 6.2',
        '2021 06 01 175 5.4 6.6',
        '2021 06 02 170 4.9 6.1',
        '2021 06 03 171 4.8 6.3',
      ),
      'YY|MM|hh|WDIR|WSPD|GST',
      [
        '2021|06|00|180|5.1|6.2',
        '2021|06|01|175|5.4|6.6',
        '2021|06|02|170|4.9|6.1',
        '2021|06|03|171|4.8|6.3',
      ],
      { skipped: comment(2) },
    ),
    of(lines('# t,x,y', '# s,m,m', '0,1,5', '1,2,6', '2,4,7'), 't|x|y', ['0|1|5', '1|2|6', '2|4|7'], {
      skipped: comment(2),
    }),
    of(
      lines('% made by hand', '% a\tb\tc', '% kg\tm\tm', '0\t1\t5', '1\t2\t6', '2\t4\t7'),
      'a|b|c',
      ['0|1|5', '1|2|6', '2|4|7'],
      { skipped: comment(1, 3) },
    ),
  ],
  'lines of a log, which has no names': [
    of(
      lines(
        'ts=2022-01-01T00:00:00Z level=info msg="started" dur=12',
        'ts=2022-01-01T00:00:05Z level=warn msg="slow query" dur=981',
        'ts=2022-01-01T00:00:09Z level=info msg="done" dur=7',
      ),
      'column_1',
      [
        'ts=2022-01-01T00:00:00Z level=info msg="started" dur=12',
        'ts=2022-01-01T00:00:05Z level=warn msg="slow query" dur=981',
        'ts=2022-01-01T00:00:09Z level=info msg="done" dur=7',
      ],
    ),
    of(
      lines(
        'Mar  3 06:25:01 web1 CRON: (root) CMD (test -x it)',
        'Mar  3 06:25:04 web1 sshd: Accepted key for ann',
        'Mar  3 06:31:55 web1 sshd: Failed password for user admin',
        'Mar  3 06:40:00 web1 systemd: Started the daily activities.',
      ),
      'column_1|column_2',
      [
        'Mar|3 06:25:01 web1 CRON: (root) CMD (test -x it)',
        'Mar|3 06:25:04 web1 sshd: Accepted key for ann',
        'Mar|3 06:31:55 web1 sshd: Failed password for user admin',
        'Mar|3 06:40:00 web1 systemd: Started the daily activities.',
      ],
    ),
    of(
      lines(
        '[10:00:01] user joined the room\tinfo',
        '[10:00:07] user left the room\tinfo',
        '[10:01:44] message was lost\twarn',
        '[10:02:00] user joined the room\tinfo',
      ),
      'column_1|column_2',
      [
        '[10:00:01] user joined the room|info',
        '[10:00:07] user left the room|info',
        '[10:01:44] message was lost|warn',
        '[10:02:00] user joined the room|info',
      ],
    ),
  ],
  'an empty record below the names, and marks of sums': [
    of(
      lines(
        'Plant\tMaterial\tValue',
        '\t\t',
        '1000\tA-100\t12',
        '1000\tA-200\t45',
        '2000\tB-100\t7',
        '*\t\t64',
      ),
      'Plant|Material|Value',
      ['1000|A-100|12', '1000|A-200|45', '2000|B-100|7'],
      { skipped: [[2, 'no cell is filled'], ...total(6)] },
    ),
    of(lines('a,b,c', ',,', ',,', '1,x,2', '3,y,4', '**,,6'), 'a|b|c', ['1|x|2', '3|y|4'], {
      skipped: [[2, 'no cell is filled'], [3, 'no cell is filled'], ...total(6)],
    }),
    of(lines('Ort;n;m', ';;', 'Bonn;5;6', 'Ulm;7;8', 'Σ;;14'), 'Ort|n|m', ['Bonn|5|6', 'Ulm|7|8'], {
      skipped: [[2, 'no cell is filled'], ...total(5)],
    }),
  ],
  'notes in lines of their own that outnumber the rows': [
    of(
      lines(
        '"09817: Immigrants, by year"',
        '',
        '"region";"2020";"2021"',
        '"0301 Oslo";172345;174102',
        '"4601 Bergen";40122;40555',
        '',
        '"Changed:"',
        '"20230309 08:00"',
        '"From:"',
        '"the office"',
      ),
      'region|2020|2021',
      ['0301 Oslo|172345|174102', '4601 Bergen|40122|40555'],
      { skipped: title(1, 7, 8, 9, 10) },
    ),
    of(
      lines('town,n,m', 'Bonn,5,6', 'Ulm,7,8', 'made', 'by', 'the', 'office'),
      'town|n|m',
      ['Bonn|5|6', 'Ulm|7|8'],
      { skipped: title(4, 5, 6, 7) },
    ),
    of(
      lines('Ort\tn\tm', 'Bonn\t5\t6', 'Ulm\t7\t8', '', 'Legende', 'x', 'y', 'z'),
      'Ort|n|m',
      ['Bonn|5|6', 'Ulm|7|8'],
      { skipped: title(5, 6, 7, 8) },
    ),
  ],
  'a setting above plain names': [
    of(
      lines(
        'Plate:,1,,',
        'Temperature(C),1,2,3',
        '24.5,0.5,0.25,0.75',
        '24.25,0.5,0.5,0.75',
        '24.75,0.5,0.25,0.5',
      ),
      'Temperature(C)|1|2|3',
      ['24.5|0.5|0.25|0.75', '24.25|0.5|0.5|0.75', '24.75|0.5|0.25|0.5'],
      { skipped: title(1) },
    ),
    of(
      lines('Filter:;all;;', 'town;n;m;share', 'Bonn;5;6;0,5', 'Ulm;7;8;0,7'),
      'town|n|m|share',
      ['Bonn|5|6|0,5', 'Ulm|7|8|0,7'],
      { skipped: title(1) },
    ),
    of(
      lines('Period:\tMay\t\t\t', 'item\tsold\tleft\tprice\tcost', 'tea\t5\t6\t7\t3', 'milk\t7\t8\t9\t2'),
      'item|sold|left|price|cost',
      ['tea|5|6|7|3', 'milk|7|8|9|2'],
      { skipped: title(1) },
    ),
  ],
  'a rare mark between the cells, and commas in some': [
    of(
      lines('~01~^~Butter, salted~^0.85', '~02~^~Butter, whipped~^2.5', '~03~^~Butter oil~^0.28'),
      'column_1|column_2|column_3',
      ['~01~|~Butter, salted~|0.85', '~02~|~Butter, whipped~|2.5', '~03~|~Butter oil~|0.28'],
    ),
    of(lines('id§name§n', '1§Lee, Ann§5', '2§Moore, Cid§6', '3§Bob§7'), 'id|name|n', [
      '1|Lee, Ann|5',
      '2|Moore, Cid|6',
      '3|Bob|7',
    ]),
    of(lines('a¦b¦c', '1¦x; y¦5', '2¦z; w¦6', '3¦u¦7'), 'a|b|c', ['1|x; y|5', '2|z; w|6', '3|u|7']),
  ],
};
