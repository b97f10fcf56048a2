const ACCENTS = /[\u0300-\u036f]/g;

/**
 * One form for what people read as the same text: compatible characters made one (NFKC, such as full-width letters),
 * lower case, accents left out.
 */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(ACCENTS, '').normalize('NFKC').toLowerCase();
}
