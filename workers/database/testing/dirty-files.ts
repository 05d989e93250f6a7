import type { TextEncoding } from '../../../src/domain/sources';
import { encodeText } from './encode-text';

/** Small text files of every kind of dirt that the reader knows, for mutants to be made of. */
export function dirtyFiles(): Uint8Array[] {
  const texts: [string, TextEncoding][] = [
    ['id,name,born,paid\n1,Ann,1990-01-02,12.50\n2,Bob,1985-11-30,\n3,"Cy, jr",2001-06-15,7\n', 'utf-8'],
    ['id;preis;ort\r\n1;12,50;"Köln"\r\n2;8,25;"Bad ""X"""\r\n3;;Ulm\r\n', 'windows-1252'],
    ['город\tn\nМосква\t1\nКазань\t2\nТула\t3\n', 'windows-1251'],
    ['名前,数\n東京,1\n大阪,2\n名古屋,3\n', 'shift_jis'],
    ['姓名,城市\n王伟,北京\n李娜,上海\n', 'gb18030'],
    ['a,b\r1,x\r2,y\r3,"z\rw"\r', 'macintosh'],
    ['k|v\n1|"she said \\"hi\\""\n2|"a\\\\b"\n3|c\n', 'utf-8'],
    ['n,note\n1,"6" bolt"\n2,"never closed\n3,x\n4,"two\nlines"\n', 'utf-8'],
    ['a,b\n1,Grüße\n2,Łódź\n3,naïve\n', 'utf-16le'],
    ['# a note\n\nTitle,,\nx,y,z\n1,2,3\n4,5\n6,7,8,9\nx,y,z\n10,11,12\nTotal,18,23\n', 'utf-8'],
    ['t,v\n2024-01-01T10:00:00+02:00,true\n2024-01-02T11:30:00Z,false\n', 'utf-8'],
    [`text\n"${'long '.repeat(40)}"\n"a\n\nb"\n`, 'utf-8'],
  ];
  const files = texts.map(([text, encoding]) => encodeText(text, encoding)!);
  // One bad byte, and controls in cells.
  files.push(Uint8Array.from([...files[0]!.subarray(0, 30), 0xe9, ...files[0]!.subarray(30)]));
  files.push(new TextEncoder().encode('id,text\n1,"a\bc"\n2,d\u0000e\n3,\u001bf\n\u001a'));
  return files;
}
