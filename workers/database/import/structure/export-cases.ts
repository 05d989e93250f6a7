import { comment, lines, of, type StructureCase, title } from './case-form';

const units = (...at: readonly number[]) => at.map((line) => [line, 'units'] as const);
const total = (...at: readonly number[]) => at.map((line) => [line, 'total'] as const);

/** What programs, instruments and offices put around the rows that they export. */
export const EXPORT_CASES: Readonly<Record<string, readonly StructureCase[]>> = {
  'settings above figures, as wide as those': [
    of(
      lines(
        'TITLE\tx',
        'KIND\tscan',
        'FIRST\t400',
        'DATA',
        '400\t1.5',
        '398\t1.6',
        '396\t1.7',
        '394\t1.9',
        '392\t2.5',
      ),
      'column_1|column_2',
      ['400|1.5', '398|1.6', '396|1.7', '394|1.9', '392|2.5'],
      { skipped: title(1, 2, 3, 4) },
    ),
    of(
      lines(
        'Operator,Lee',
        'Gain,4',
        'Mode,fast',
        'Time,Volt',
        '0,1.25',
        '1,1.5',
        '2,1.75',
        '3,2.5',
        '4,2.75',
      ),
      'Time|Volt',
      ['0|1.25', '1|1.5', '2|1.75', '3|2.5', '4|2.75'],
      { skipped: title(1, 2, 3) },
    ),
    of(
      lines(
        'Device;A7;',
        'Rate;100;Hz',
        'Date;2020-01-02;',
        't;x;y',
        's;m;m',
        '0;1;5',
        '1;2;6',
        '2;4;7',
        '3;8;9',
        '4;9;1',
      ),
      't|x|y',
      ['0|1|5', '1|2|6', '2|4|7', '3|8|9', '4|9|1'],
      { skipped: [...title(1, 2, 3), ...units(5)] },
    ),
  ],
  'names that are broken into lines': [
    of(
      lines(
        '\t\tTemp\tHi\tLow',
        'Date\tTime\tOut\tTemp\tTemp',
        '1/06/20\t0:30\t12.1\t12.3\t12.0',
        '1/06/20\t1:00\t11.8\t12.1\t11.8',
      ),
      'Date|Time|Temp Out|Hi Temp|Low Temp',
      ['1/06/20|0:30|12.1|12.3|12.0', '1/06/20|1:00|11.8|12.1|11.8'],
    ),
    of(
      lines(',Gross,Net', 'Town,income,income', 'Bonn,5,4', 'Köln,7,6', 'Ulm,3,2'),
      'Town|Gross income|Net income',
      ['Bonn|5|4', 'Köln|7|6', 'Ulm|3|2'],
    ),
    of(
      lines(
        ';;Mean;Mean;Mean',
        'site;day;wind;rain;wind',
        ';;m/s;mm;gust',
        'A;1;2;3;4',
        'B;2;3;4;5',
        'C;3;4;5;6',
      ),
      'site|day|Mean wind m/s|Mean rain mm|Mean wind gust',
      ['A|1|2|3|4', 'B|2|3|4|5', 'C|3|4|5|6'],
    ),
  ],
  'names below groups, with none where the groups say all': [
    of(
      lines(
        ...[
          'Code;Name;total;total;women;women;',
          ';;2019;2020;2019;2020;',
          ';;[persons];[persons];[persons];[persons];',
        ],
        ...['02;NORTH;290;289;150;149;', '04;SOUTH;207;206;106;105;', '06;WEST;210;209;108;107;'],
      ),
      'Code|Name|total 2019|total 2020|women 2019|women 2020',
      ['02|NORTH|290|289|150|149', '04|SOUTH|207|206|106|105', '06|WEST|210|209|108|107'],
      { skipped: units(3) },
    ),
    of(
      lines(
        ...['Respondent,Start,Which fruit?,,,Are you happy?', ',,apple,pear,other (say which),response'],
        ...['101,2019-05-14,apple,,,very', '102,2019-05-14,,pear,,no', '103,2019-05-15,apple,pear,kiwi,no'],
      ),
      'Respondent|Start|Which fruit? apple|Which fruit? pear|Which fruit? other (say which)|Are you happy? response',
      ['101|2019-05-14|apple|~|~|very', '102|2019-05-14|~|pear|~|no', '103|2019-05-15|apple|pear|kiwi|no'],
    ),
    of(
      lines('id\tQ1 drinks\t\tQ2', '\ttea\tmilk\tresponse', '1\t1\t0\t5', '2\t0\t1\t4', '3\t1\t1\t2'),
      'id|Q1 drinks tea|Q1 drinks milk|Q2 response',
      ['1|1|0|5', '2|0|1|4', '3|1|1|2'],
    ),
  ],
  'widths, labels and questions below the names': [
    of(
      lines(
        ...['# provisional', 'agency\tsite_no\tdate\tflow\tcode', '5s\t15s\t20d\t14n\t10s'],
        ...[
          'USGS\t01646500\t2020-06-01\t9100\tA',
          'USGS\t01646500\t2020-06-02\t8760\tA',
          'USGS\t01646500\t2020-06-03\t\tP',
        ],
      ),
      'agency|site_no|date|flow|code',
      ['USGS|01646500|2020-06-01|9100|A', 'USGS|01646500|2020-06-02|8760|A', 'USGS|01646500|2020-06-03|~|P'],
      { skipped: [...comment(1), ...units(3)] },
    ),
    of(
      lines(
        ...['GEO_ID,NAME,B01_001E', 'Geography,Geographic Area Name,Estimate of the Total'],
        ...[
          '0500000US01001,Autauga County,55380',
          '0500000US01003,Baldwin County,212830',
          '0500000US01005,Barbour County,25361',
        ],
      ),
      'GEO_ID|NAME|B01_001E',
      [
        '0500000US01001|Autauga County|55380',
        '0500000US01003|Baldwin County|212830',
        '0500000US01005|Barbour County|25361',
      ],
      { skipped: units(2) },
    ),
    of(
      lines(
        ...['Start,Q1,Q2', 'Start of the survey,How old are you?,How much do you agree?'],
        '"{""ImportId"":""start""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"',
        ...['2020-05-01,34,5', '2020-05-02,51,3', '2020-05-03,27,4'],
      ),
      'Start|Q1|Q2',
      ['2020-05-01|34|5', '2020-05-02|51|3', '2020-05-03|27|4'],
      { skipped: units(2, 3) },
    ),
  ],
  'numbers as names above units': [
    of(
      lines('x-axis,1,2', 'second,Volt,Volt', '-5.0E-04,0.5,1.5', '-4.9E-04,0.6,1.25', '-4.8E-04,0.7,1.75'),
      'x-axis|1|2',
      ['-5.0E-04|0.5|1.5', '-4.9E-04|0.6|1.25', '-4.8E-04|0.7|1.75'],
      { skipped: units(2) },
    ),
    of(
      lines('time;1;2;3', 's;mV;mV;mV', '0;5;9;2', '1;7;8;3', '2;6;1;4'),
      'time|1|2|3',
      ['0|5|9|2', '1|7|8|3', '2|6|1|4'],
      { skipped: units(2) },
    ),
    of(
      lines('depth\t1\t2', 'm\t°C\t°C', '0\t21.5\t20.5', '5\t18.5\t17.25', '9\t11.5\t10'),
      'depth|1|2',
      ['0|21.5|20.5', '5|18.5|17.25', '9|11.5|10'],
      { skipped: units(2) },
    ),
  ],
  'sums and other figures below the rows': [
    of(
      lines(',,,', ',Region,Q1,Q2', ',North,120,130', ',South,98,101', ',West,77,80', ',Total,295,311'),
      'Region|Q1|Q2',
      ['North|120|130', 'South|98|101', 'West|77|80'],
      { skipped: [[1, 'no cell is filled'], ...total(6)] },
    ),
    of(
      lines(
        'Campaign,Status,Clicks,Cost',
        'Brand,on,1204,310.5',
        'Shop,off,88,120.5',
        '"Total: Account", --,1292,431',
      ),
      'Campaign|Status|Clicks|Cost',
      ['Brand|on|1204|310.5', 'Shop|off|88|120.5'],
      { skipped: total(4) },
    ),
    of(
      lines(
        'Student,ID,HW,Exam',
        'Zoe,S1,10,88',
        'Lee,S2,7,73',
        'Yu,S3,9,94',
        ',,,',
        'Average,,8.7,85',
        'Max,,10,94',
      ),
      'Student|ID|HW|Exam',
      ['Zoe|S1|10|88', 'Lee|S2|7|73', 'Yu|S3|9|94'],
      { skipped: [[5, 'no cell is filled'], ...total(6, 7)] },
    ),
  ],
  'words for sums that are values': [
    of(lines('sex,n', 'Total,9', 'men,5', 'women,4', 'Total,7', 'men,3'), 'sex|n', [
      'Total|9',
      'men|5',
      'women|4',
      'Total|7',
      'men|3',
    ]),
    of(lines('grade,n', 'Poor,3', 'Average,5', 'Good,9'), 'grade|n', ['Poor|3', 'Average|5', 'Good|9']),
    of(lines('name,age', 'Eva,3', 'Ann,9', 'Max,5'), 'name|age', ['Eva|3', 'Ann|9', 'Max|5']),
  ],
  'titles of pages between the rows': [
    of(
      lines(
        'Ward list,,',
        'Page 1 of 2,,',
        'No,Name,Ward',
        '12,Smith,B2',
        '13,Jones,B2',
        'Ward list,,',
        'Page 2 of 2,,',
        'No,Name,Ward',
        '31,Khan,B1',
      ),
      'No|Name|Ward',
      ['12|Smith|B2', '13|Jones|B2', '31|Khan|B1'],
      { skipped: [...title(1, 2), ...title(6, 7), [8, 'names again']] },
    ),
    of(
      lines('Stock;;', 'Item;n;Price', 'bolt;5;1,5', 'nut;7;2,5', 'Stock;;', 'Item;n;Price', 'pin;9;3,5'),
      'Item|n|Price',
      ['bolt|5|1,5', 'nut|7|2,5', 'pin|9|3,5'],
      { skipped: [...title(1, 5), [6, 'names again']] },
    ),
    of(
      lines('a\tb\tc', '1\tx\ty', '2\tz\tw', 'Sheet 2\t\t', 'a\tb\tc', '3\tu\tv'),
      'a|b|c',
      ['1|x|y', '2|z|w', '3|u|v'],
      { skipped: [...title(4), [5, 'names again']] },
    ),
  ],
  'titles and notes that outnumber the rows': [
    of(
      lines(
        ...['Table: 12411-0010;;;', 'Population: by state;;;', 'Updated figures;;;', 'Persons (number);;;'],
        ...[
          'State;31.12.2019;31.12.2020;31.12.2021',
          'Bavaria;13124737;13140183;13176989',
          'Berlin;3669491;3664088;3677472',
        ],
        ...[
          '__________;;;',
          'From 2011 on the results of the census.;;;',
          '© Office, 2023;;;',
          'As of: 02.03.2023 / 09:12;;;',
        ],
      ),
      'State|31.12.2019|31.12.2020|31.12.2021',
      ['Bavaria|13124737|13140183|13176989', 'Berlin|3669491|3664088|3677472'],
      { skipped: title(1, 2, 3, 4, 8, 9, 10, 11) },
    ),
    of(
      lines(
        'Bericht,,',
        'Stand: heute,,',
        'Seite: 3,,',
        'Ort,n,m',
        'Bonn,5,6',
        'Ulm,7,8',
        '*,,',
        'Quelle: eigene,,',
      ),
      'Ort|n|m',
      ['Bonn|5|6', 'Ulm|7|8'],
      { skipped: title(1, 2, 3, 7, 8) },
    ),
    of(
      lines(
        '人口（千人）,,',
        '令和二年,,',
        '県,総数,男',
        '東京都,14047,6898',
        '沖縄県,1467,722',
        '資料：総務省統計局,,',
        '注 速報値,,',
      ),
      '県|総数|男',
      ['東京都|14047|6898', '沖縄県|1467|722'],
      { skipped: title(1, 2, 6, 7) },
    ),
  ],
  'names in a comment behind a word for them': [
    of(
      lines(
        '#Software: IIS',
        '#Fields: date time method stem status',
        '2019-03-01 00:00:04 GET /a 200',
        '2019-03-01 00:00:09 GET /b 304',
        '2019-03-02 00:00:09 POST /c 304',
      ),
      'date|time|method|stem|status',
      ['2019-03-01|00:00:04|GET|/a|200', '2019-03-01|00:00:09|GET|/b|304', '2019-03-02|00:00:09|POST|/c|304'],
      { skipped: comment(1) },
    ),
    of(
      lines('# made today', '# columns: t,x,y', '0,1,5', '1,2,6', '2,4,7'),
      't|x|y',
      ['0|1|5', '1|2|6', '2|4|7'],
      { skipped: comment(1) },
    ),
    of(lines('% Names: t\tx\ty', '0\t1\t5', '1\t2\t6', '2\t4\t7'), 't|x|y', ['0|1|5', '1|2|6', '2|4|7']),
  ],
  'text set with blanks below titles': [
    of(
      lines(
        '        The System     10:32 Monday, March 6, 2017   1',
        '',
        '   Obs    Name     Sex    Age',
        '',
        '     1    Alfred    M      14',
        '     2    Alice     F      13',
        '     3    Bea       F      13',
        '     4    Carol     F      14',
        '     5    Henry     M      14',
      ),
      'Obs|Name|Sex|Age',
      ['1|Alfred|M|14', '2|Alice|F|13', '3|Bea|F|13', '4|Carol|F|14', '5|Henry|M|14'],
      { skipped: title(1) },
    ),
    of(
      lines(
        'Stocks of the day',
        '',
        'item     n   price',
        'bolt     5   1.5',
        'nut      7   2.5',
        'pin      9   3.5',
        'hook     4   4.5',
        'ring     2   6.5',
      ),
      'item|n|price',
      ['bolt|5|1.5', 'nut|7|2.5', 'pin|9|3.5', 'hook|4|4.5', 'ring|2|6.5'],
      { skipped: title(1) },
    ),
    of(
      lines(
        'run 12',
        'by hand, all of it',
        '',
        'a    b    c',
        '1    2    3',
        '4    5    6',
        '7    8    9',
        '3    2    1',
        '6    5    4',
      ),
      'a|b|c',
      ['1|2|3', '4|5|6', '7|8|9', '3|2|1', '6|5|4'],
      { skipped: title(1, 2) },
    ),
  ],
};
