import { describe, expect, it } from 'vitest';
import {
  type ContentText,
  contentModel,
  contentModelParams,
} from '../../../../src/recommendations/content-model/index.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

const text = (title: string, description: string, partner = 'A'): ContentText => ({
  title,
  description,
  authors: [],
  keywords: [],
  partners: [partner],
});

const TEXTS = [
  text('数据结构', '算法与编程的基础', '清华大学'),
  text('Python 编程', '从算法到数据分析', '清华大学'),
  text('唐诗鉴赏', '诗歌与文学', '北京大学'),
  text('宋词选读', '诗歌、文学与历史', '北京大学'),
  text('算法导论', '数据结构与编程', '清华大学'),
  text('现代诗歌', '文学的历史', '北京大学'),
];
/** Programmers and readers; the last two contents are new. */
const train = matrixOf([
  ...Array.from({ length: 4 }, () => [1, 1, 0, 0, 0, 0]),
  ...Array.from({ length: 4 }, () => [0, 0, 1, 1, 0, 0]),
]);
const params = { ridge: 1, fullness: 0 };

describe('the content model', () => {
  it('recommends new contents to those who like what is told alike', () => {
    const model = contentModel(TEXTS, params).fit(train);
    const programmer = model.score({ indices: [0], values: [1] });
    const reader = model.score({ indices: [3], values: [1] });
    expect(programmer[4]).toBeGreaterThan(programmer[5] ?? 0);
    expect(reader[5]).toBeGreaterThan(reader[4] ?? 0);
  });

  it('goes on when a content has no words at all', () => {
    const texts = [...TEXTS.slice(0, 5), text('', '', 'C')];
    const scores = contentModel(texts, params)
      .fit(train)
      .score({ indices: [0, 2], values: [1, 1] });
    expect(scores.every(Number.isFinite)).toBe(true);
  });

  it('has a default for every setting, and refuses what is none', () => {
    expect(contentModelParams.parse({})).toMatchObject({ title: 1, partners: 2.5 });
    for (const wrong of [{ ridge: 0 }, { rank: -1 }, { title: -1 }, { colour: 1 }]) {
      expect(contentModelParams.safeParse(wrong).success).toBe(false);
    }
  });
});
