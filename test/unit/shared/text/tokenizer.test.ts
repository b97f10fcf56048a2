import { describe, expect, it } from 'vitest';
import { chineseRunsOf, foldText, stemOf, termsOf, wordsOf } from '../../../../src/shared/text/index.ts';

describe('words of a text', () => {
  it.each([
    [
      'English, without the words that stand everywhere',
      'The Art of Computer Programming',
      ['art', 'computer', 'programming'],
    ],
    ['Chinese, long words after the shorter ones in them', '数据结构', ['数据', '结构', '数据结构']],
    ['Chinese without particles and pronouns', '我们的心理学', ['心理', '理学', '心理学']],
    ['both in one run', 'Python编程入门', ['python', '编程', '入门']],
    ['one character that names a subject', '茶与诗', ['茶', '诗']],
    ['numbers, with their decimals', '工业4.0 and Web 3', ['工业', '4.0', 'web', '3']],
    ['letters with signs that belong to them', 'C++, C# and C', ['c++', 'c#', 'c']],
    ['words joined by dots and hyphens apart', 'node.js state-of-the-art', ['node', 'js', 'state', 'art']],
    [
      'genitives and contractions without their ends',
      "Bayes' theorem: what's Newton’s",
      ['bayes', 'theorem', 'newton'],
    ],
    ['full-width letters and accents as plain ones', 'ＰＹＴＨＯＮ Café', ['python', 'cafe']],
    ['other scripts as they are', 'Введение в анализ', ['введение', 'в', 'анализ']],
    ['nothing', ' \n ！？… ', []],
  ])('are, for %s', (_title, text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('come as often as they occur', () => {
    expect(wordsOf('data, data 数据 and data')).toEqual(['data', 'data', '数据', 'data']);
  });

  it('do not hold runs that are no words', () => {
    expect(wordsOf(`${'x'.repeat(41)} course`)).toEqual(['course']);
  });
});

describe('terms of a text', () => {
  it('are stems in English and words in Chinese', () => {
    expect(termsOf('Computing computers 计算机')).toEqual(['comput', 'comput', '计算', '算机', '计算机']);
  });

  it('leave what is not English unstemmed', () => {
    expect(['c++', '2024', 'анализы'].map(stemOf)).toEqual(['c++', '2024', 'анализы']);
  });
});

describe('folding a text', () => {
  it('keeps what other scripts write above and below their letters', () => {
    expect(foldText('が한국어नि')).toBe('が한국어नि'.normalize('NFKC'));
  });

  it('gives whole runs of Chinese', () => {
    expect(chineseRunsOf('Python编程，从入门到实践')).toEqual(['编程', '从入门到实践']);
  });
});
