import { comment, lines, of, type StructureCase, title } from './case-form';

/** What stands above and below tables: titles, comments, notes and sums. */
export const TITLE_CASES: Readonly<Record<string, readonly StructureCase[]>> = {
  'a title of one word with delimiters behind it': [
    of(
      lines(
        'Bericht;;;',
        'Stand: 01.01.2024;;;',
        ';;;',
        'Name;Wert;Einheit;Ort',
        'A;15;kg;Wien',
        'B;25;kg;Graz',
      ),
      'Name|Wert|Einheit|Ort',
      ['A|15|kg|Wien', 'B|25|kg|Graz'],
      { skipped: [...title(1, 2), [3, 'no cell is filled']] },
    ),
    of(
      lines('Report,,', ',,', 'name,sum,city', 'ann,5,Rome', 'bob,6,Oslo', 'cid,7,Bern'),
      'name|sum|city',
      ['ann|5|Rome', 'bob|6|Oslo', 'cid|7|Bern'],
      { skipped: [...title(1), [2, 'no cell is filled']] },
    ),
    of(
      lines(
        'Umsatz\t\t',
        '\t\t',
        'Quelle: Buchhaltung\t\t',
        '\t\t',
        'Datum\tBetrag\tFiliale',
        '2020-01-01\t5\tA',
        '2020-01-02\t6\tB',
      ),
      'Datum|Betrag|Filiale',
      ['2020-01-01|5|A', '2020-01-02|6|B'],
      // Lines of blanks alone are no records.
      { skipped: title(1, 3) },
    ),
  ],
  'a title': [
    of(
      lines('Figures as of June 1, 2023', 'item,price', 'tea,4', 'milk,2', 'rice,3'),
      'item|price',
      ['tea|4', 'milk|2', 'rice|3'],
      {
        skipped: title(1),
      },
    ),
    of(lines('Survey', '', 'age;sex', '31;f', '44;m', '27;f'), 'age|sex', ['31|f', '44|m', '27|f'], {
      skipped: title(1),
    }),
    of(
      lines('Monthly report,,', 'Made by the office,,', ',,', 'month,sold,left', 'May,5,6', 'June,7,8'),
      'month|sold|left',
      ['May|5|6', 'June|7|8'],
      {
        skipped: [...title(1, 2), [3, 'no cell is filled']],
      },
    ),
    of(
      lines('Run 7', 'Operator Kim', 'Room 12', 'Device X', 't\tv', '0\t1.5', '1\t1.7'),
      't|v',
      ['0|1.5', '1|1.7'],
      {
        skipped: title(1, 2, 3, 4),
      },
    ),
    of(
      lines(
        'Origin,The Office,',
        '',
        'Updated,2020-01-01,',
        '',
        'land,code,1960',
        'Aruba,ABW,54',
        'Chad,TCD,29',
        'Peru,PER,31',
      ),
      'land|code|1960',
      ['Aruba|ABW|54', 'Chad|TCD|29', 'Peru|PER|31'],
      { skipped: title(1, 3) },
    ),
  ],
  'a title wider than the table': [
    of(
      lines('Saved by Kim,Lab 4,Monday,noon', 'nm,abs', '500,0.1', '501,0.2', '502,0.4'),
      'nm|abs',
      ['500|0.1', '501|0.2', '502|0.4'],
      {
        skipped: title(1),
      },
    ),
    of(
      lines('made;with;some;tool;v2', 'name;age', 'Ann;31', 'Bob;29', 'Cy;55'),
      'name|age',
      ['Ann|31', 'Bob|29', 'Cy|55'],
      {
        skipped: title(1),
      },
    ),
    of(
      lines('sensor\tA\tB\tC\tD', 'time\ttemp\thum', '1\t20.5\t41', '2\t20.6\t42', '3\t20.4\t43'),
      'time|temp|hum',
      ['1|20.5|41', '2|20.6|42', '3|20.4|43'],
      { skipped: title(1) },
    ),
  ],
  comments: [
    of(lines('# made by hand', '# unit: cm', '# site: north', 'w,h', '3,4', '5,6'), 'w|h', ['3|4', '5|6'], {
      skipped: comment(1, 2, 3),
    }),
    of(
      lines('% a, b, c', '% more, of it', 'x;y', '1;2', '% in between', '3;4', '% below'),
      'x|y',
      ['1|2', '3|4'],
      {
        skipped: comment(1, 2, 5, 7),
      },
    ),
    of(lines('// first line', '// it\'s "odd', 'name,n', 'Ann,1', 'Bob,2'), 'name|n', ['Ann|1', 'Bob|2'], {
      skipped: comment(1, 2),
    }),
    of(lines('-- dump', '-- of today', 'id|v', '1|5', '2|6'), 'id|v', ['1|5', '2|6'], {
      skipped: comment(1, 2),
    }),
    of(lines('# t v w', '0 1.5 2', '1 1.7 3', '2 1.9 4'), 't|v|w', ['0|1.5|2', '1|1.7|3', '2|1.9|4']),
    of(lines('# x,y', '1,2', '3,4'), 'x|y', ['1|2', '3|4']),
  ],
  'no comments': [
    of(lines('colour,name', '#ff0000,red', '#00ff00,green', '#0000ff,blue'), 'colour|name', [
      '#ff0000|red',
      '#00ff00|green',
      '#0000ff|blue',
    ]),
    of(lines(';value', '0;1.5', '1;2.5', '2;4.5'), 'column_1|value', ['0|1.5', '1|2.5', '2|4.5']),
    of(lines('tag,n', '#fun,3', '#sun,4', 'none,5'), 'tag|n', ['#fun|3', '#sun|4', 'none|5']),
  ],
  'notes and sums below': [
    of(
      lines('city,a,b', 'Ulm,1,2', 'Graz,3,4', '', 'Source: the office, 2020'),
      'city|a|b',
      ['Ulm|1|2', 'Graz|3|4'],
      { skipped: title(5) },
    ),
    of(lines('city,a,b', 'Ulm,1,2', 'Graz,3,4', 'Total,,6'), 'city|a|b', ['Ulm|1|2', 'Graz|3|4'], {
      skipped: [[4, 'total']],
    }),
    of(
      lines('city;a;b', 'Ulm;1;2', 'Graz;3;4', ';;', ';;', '* provisional'),
      'city|a|b',
      ['Ulm|1|2', 'Graz|3|4'],
      {
        skipped: [...title(6), [4, 'no cell is filled'], [5, 'no cell is filled']],
      },
    ),
    of(lines('city,a,b', 'Total Wine,1,', 'Graz,3,4', 'sum,,', 'Linz,3,5'), 'city|a|b', [
      'Total Wine|1|~',
      'Graz|3|4',
      'sum|~|~',
      'Linz|3|5',
    ]),
  ],
};
