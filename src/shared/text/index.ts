export { foldText } from './fold-text.ts';
export { chineseRunsOf, stemOf, termsOf, wordsOf } from './tokenizer.ts';
