import { namesSubjects } from '../../../src/domain/subject-names';

/** Words that columns are called by and that are hardly ever the values of one. */
const WORDS = new Set(
  (
    'id key name names date time type kind class category group title label description comment note value val amount ' +
    'price cost total count number code status state city town country region district street address zip postcode year ' +
    'month day hour age sex gender first last firstname lastname surname birthday product item quantity qty score rank ' +
    'index field column header source target url from to ' +
    'colour color animal fruit plant food word language english german french spanish translation capital continent team ' +
    'player coach company brand model make manufacturer author book film movie artist song album genre department job ' +
    'occupation profession role position subject school university student teacher doctor patient disease drug ' +
    'medicine symptom result test weight height size length width temperature wind rain weather station airport airline ' +
    'flight route origin destination vehicle user username login message review rating sentence question answer reply ' +
    'sender recipient phone telephone mobile email e-mail mail fax currency unit units volume order customer supplier vendor ' +
    'employee manager owner client store shop branch sector industry education language nationality religion marital race ' +
    'species family genus sample method text content link image file path version license format ' +
    'vorname nachname datum ort stadt land straße plz alter geschlecht betrag preis anzahl menge wert jahr monat tag art ' +
    'gruppe bezeichnung titel bemerkung nummer bundesland ' +
    'nom prénom ville pays rue âge sexe montant prix quantité valeur année mois jour titre libellé ' +
    'nombre apellido fecha ciudad país calle edad sexo importe precio cantidad valor año mes día título ' +
    '姓名 名称 名字 城市 年龄 年齡 性别 性別 日期 时间 時間 编号 編號 地址 电话 電話 价格 價格 数量 數量 国家 國家 省份 类别 類別 备注 備註 ' +
    '名前 氏名 年齢 都市 住所 電話番号 価格 番号 都道府県 備考 이름 나이 도시 성별 날짜 번호 주소 가격 수량 ' +
    'имя фамилия отчество возраст город дата пол адрес цена количество сумма номер название страна ' +
    'imię nazwisko wiek miasto płeć cena ilość kwota kraj jméno příjmení věk město datum cena όνομα πόλη ηλικία ' +
    'ad soyad yaş şehir tarih fiyat miktar الاسم المدينة العمر التاريخ שם עיר גיל תאריך ' +
    'nome cognome data città paese via età prezzo quantità valore anno mese giorno naam plaats leeftijd'
  ).split(' '),
);

/** Nobody calls a column by more characters. */
const MAX_LENGTH = 80;

/** Whether a cell reads like the name of a column: a word for one, or written as programs write names. */
export function readsLikeName(cell: string): boolean {
  const text = cell.trim();
  if (text.length > MAX_LENGTH) return false;
  if (/^\p{L}[\p{L}\d]*(?:_[\p{L}\d]+)+$/u.test(text)) return true;
  if (/^\p{Ll}+(?:\p{Lu}\p{Ll}+)+\d*$/u.test(text)) return true;
  if (/\p{L}.*\((?:[^()]{1,12})\)$/u.test(text) || /\p{L}\s*[%#]$/u.test(text)) return true;
  const words = text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  return words.some((word) => WORDS.has(word)) || namesSubjects(text);
}
