import { PAIRS } from './letter-pairs';

/**
 * Letters beyond ASCII that languages are written with, small letters, the frequent ones first and apart. They are
 * common knowledge of each alphabet, and serve to tell which encoding makes plausible text of given bytes.
 */
interface Language {
  readonly frequent: string;
  readonly other: string;
  /** Neighbours of such letters in words; _ is the beginning or the end of one. */
  readonly pairs?: string;
}

const LANGUAGES: readonly Language[] = [
  { pairs: PAIRS.de, frequent: 'äöüß', other: 'é' },
  { pairs: PAIRS.fr, frequent: 'éèàêç', other: 'ùôîâûëïœæÿü' },
  { pairs: PAIRS.es, frequent: 'áéíóúñ', other: 'üºª' },
  { pairs: PAIRS.pt, frequent: 'ãçáéíóõ', other: 'âêôúàüºª' },
  { pairs: PAIRS.it, frequent: 'àèéìòù', other: 'íîó' },
  { pairs: PAIRS.ca, frequent: 'àéèíòóç', other: 'ïúü·' },
  { pairs: PAIRS.nl, frequent: 'ëéèïö', other: 'üêàçóä' },
  { pairs: PAIRS.sv, frequent: 'åäö', other: 'éüàæø' },
  { pairs: PAIRS.da, frequent: 'æøå', other: 'éöäüôòóèê' },
  { pairs: PAIRS.is, frequent: 'áéíóúæö', other: 'ðýþ' },
  { pairs: PAIRS.pl, frequent: 'ąćęłńóśżź', other: 'éöü' },
  { pairs: PAIRS.cs, frequent: 'áčěéířšýžů', other: 'ďňóťúäöü' },
  { pairs: PAIRS.sk, frequent: 'áčéíšťýžľú', other: 'ďňóôäĺŕ' },
  { pairs: PAIRS.hu, frequent: 'áéíóöőúüű', other: 'ä' },
  { pairs: PAIRS.ro, frequent: 'ăâîșț', other: 'é' },
  { pairs: PAIRS.ro, frequent: 'ăâîşţ', other: 'é' },
  { pairs: PAIRS.hr, frequent: 'čćšžđ', other: 'éöü' },
  { pairs: PAIRS.tr, frequent: 'ıİşğçöü', other: 'âîû' },
  { pairs: PAIRS.et, frequent: 'äõöü', other: 'šž' },
  { pairs: PAIRS.lv, frequent: 'āēīšžņļū', other: 'čģķŗō' },
  { pairs: PAIRS.lt, frequent: 'ąčėęšžųūį', other: '' },
  { pairs: PAIRS.sq, frequent: 'ëç', other: 'é' },
  { frequent: 'ċġħż', other: 'àèìòù' },
  { frequent: 'ĉĝĥĵŝŭ', other: '' },
  { frequent: 'ŵŷâêîôû', other: 'áéïöä' },
  {
    frequent: 'ạảấầẩậắằếềểệịỉọỏốồổộớờởợụủứừửựđơưăâêôáàãéèíìóòõúùýơư',
    other: 'ĩũỳỷỹỵẽẻẹẵẳặẫễỗỡữ\u0300\u0301\u0303\u0309\u0323',
  },
  { frequent: 'оеаинтсрвлкмдпуяыьгз', other: 'бчйхжшюцщэфёъ' },
  { frequent: 'оаинвтерсікулдмпз', other: 'яьбгюйчхцїжшєщґф' },
  { frequent: 'аеоинтрсвлдкпмзугя', other: 'бъчщцйжхшюфьѝ' },
  { frequent: 'аоеинрстувдјклмпзг', other: 'бчцљњжшћђџфхѓќѕ' },
  { frequent: 'αοιετσνηυρπκμλςόίάέ', other: 'ωδγχθφβξζψήύώϊϋΐΰ' },
  { frequent: 'יוהלאתרבמשנד', other: 'פעקחםגזכצטןסךףץ' },
  { frequent: 'الينمرتودبعةسهف', other: 'قكحجشصطخضغذثزءأإآىئؤظ' },
  { frequent: 'ایرندهتومشبس', other: 'کگپچژزلفعقخحجطصضغظثذءئآأ' },
  { frequent: 'านรอกเงมยลวดทสตะปบคหแ', other: 'จพชขใไโผซถฟศฐณธภษญฎฏฉฝฮฌฑฒฆฬำิีึืุู็่้๊๋์ๆฯัๅฤฦ' },
];

/** Letters of western Europe's names: of tables where several languages meet. */
const WESTERN = 'äöüßéèàêçùôîâûëïœáíóúñãõìòåæøº';

/** Characters that Chinese, Japanese and Korean texts and names are largely made of. */
const CJK: readonly {
  readonly frequent: string;
  readonly isOwn: (code: number) => boolean;
  readonly own: number;
}[] = [
  {
    frequent:
      '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运广州京重庆深圳杭苏宁武汉李刘陈杨黄赵吴周徐孙朱胡林郭罗省县镇街号楼店价销售订单客户姓性别男龄址码编备注类型库存数合计元共和斯坦尼亚拉岛群巴哥加阿布沙索伊利尔夏罗维朝鲜韩丹瑞典兰芬挪威冰葡牙希腊波捷匈奥保土耳其印泰越',
    isOwn: (code) => code >= 0x4e00 && code <= 0x9fff,
    own: -0.5,
  },
  {
    frequent:
      '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運臺台灣灣竹雄縣鎮鄉街號樓店價銷售訂單客戶姓性別男齡址碼編備註庫存元李劉陳楊黃趙吳周徐孫朱胡林郭羅亞島群巴哥阿布沙索伊夏維朝鮮韓丹瑞典蘭芬挪威冰葡牙希臘波捷匈奧土耳其印泰越',
    isOwn: (code) => code >= 0x4e00 && code <= 0x9fff,
    own: -0.5,
  },
  {
    frequent:
      '日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨市県区町村田藤佐井野原岡松崎島橋村林木口石谷池清和美香奈良京都府阪神戸横浜札幌広福仙台沖縄道県会社事業部門課員店品物商価格数量単位合計税込別売注文番号顧客氏姓性住所電話郵便備考登録更新者日付時刻平成昭令和年度月曜火曜目次第回名前古屋大阪東京埼玉千葉神奈川愛知静岡茨城栃群馬新潟富石福井梨岐三重滋賀兵庫歌鳥取根広徳香媛高知佐熊宮鹿児共和国王島地明海運動物主理体用発同作自手力問代不度実開立通化政世表心界意教文元気場強公持野以思員内最対性的制民連経法関定機相',
    isOwn: (code) => (code >= 0x3041 && code <= 0x3096) || (code >= 0x30a1 && code <= 0x30fc),
    own: 0.8,
  },
  {
    frequent:
      '이다의는에가을한고로지사도기하해인시아서대나자원스부리구일정제전동장주수보상조여성안그어라만과신선유우비들경무계공방영중소치진용마차연김박최오강조윤임울산광천세종북남충청전라제명번호이름주소전화금액합판매상품날짜년월일국민프랑독미국영국러시아중국일본트크랜드니르타카파레코루페토베모바노데네',
    isOwn: (code) => code >= 0xac00 && code <= 0xd7a3,
    own: 0.1,
  },
];

/** What letters say for a text in one language. */
export interface LetterTable {
  /** −1.5 … 1 of a small letter or an ideograph. */
  readonly letter: (char: string) => number;
  /** 0, or a little more, of two neighbours of which one is beyond ASCII. */
  readonly pair: (pair: string) => number;
}

const UNKNOWN_LETTER = -1.5;
const KNOWN_PAIR = 0.2;

/** One table per language. */
export const LETTER_TABLES: readonly LetterTable[] = [
  ...LANGUAGES.map(({ frequent, other, pairs }) => table([...frequent], [...other], [1, 0.5], pairs)),
  table([...WESTERN], [], [0.45, 0]),
  ...CJK.map(({ frequent, isOwn, own }) => {
    const known = new Set(frequent);
    const letter = (char: string) => {
      if (known.has(char)) return 1;
      const code = char.codePointAt(0)!;
      if (isOwn(code)) return own;
      return code >= 0x4e00 && code <= 0x9fff ? -0.5 : UNKNOWN_LETTER;
    };
    return { letter, pair: () => 0 };
  }),
];

function table(
  frequent: readonly string[],
  other: readonly string[],
  [high, low]: readonly [number, number],
  pairs = '',
): LetterTable {
  const values = new Map<string, number>();
  for (const char of other) values.set(char, low);
  for (const char of frequent) values.set(char, high);
  const known = new Set(pairs.match(/../gu));
  return {
    letter: (char) => values.get(char) ?? UNKNOWN_LETTER,
    pair: (pair) => (known.has(pair) ? KNOWN_PAIR : 0),
  };
}
