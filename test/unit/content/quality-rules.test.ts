import { describe, expect, it } from 'vitest';
import { type QualityFacts, type QualityRule, qualityFindings } from '../../../src/content/quality-rules.ts';

const now = new Date('2026-11-01T00:00:00Z');

const good: QualityFacts = {
  kind: 'COURSE',
  language: 'zh-CN',
  title: '概率论入门',
  authors: ['李老师'],
  description: '从抛硬币讲到大数定律，每一章后面都有练习题与详解。',
  keywords: ['概率', '统计'],
  durationMinutes: 240,
  licences: [{ validUntil: null }],
};

function broken(changes: Partial<QualityFacts>): QualityRule[] {
  return qualityFindings({ ...good, ...changes }, now).map((finding) => finding.rule);
}

describe('the quality rules', () => {
  it('find nothing wrong with a good course', () => {
    expect(broken({})).toEqual([]);
  });

  it('ask of a text in an alphabet more characters than of one in Chinese', () => {
    const english = { language: 'en', title: 'Chance', description: 'Coins, dice and the law of large numbers.' };
    expect(broken(english)).toEqual(['TITLE_LENGTH', 'DESCRIPTION_LENGTH']);
    expect(broken({ title: '概率论' })).toEqual(['TITLE_LENGTH']);
    expect(broken({ title: '概率论 ' })).toEqual(['TITLE_LENGTH']);
    expect(broken({ title: '𠀀𠀁𠀂𠀃' })).toEqual([]);
  });

  it('do not take the title for a description', () => {
    const title = '从抛硬币讲到大数定律，每一章后面都有练习题与详解';
    expect(broken({ title, description: title })).toEqual(['DESCRIPTION_REPEATS_TITLE']);
  });

  it('want an author and a duration of what teaches, not of what is shipped', () => {
    const bare = { authors: [], durationMinutes: null };
    expect(broken(bare)).toEqual(['AUTHOR_NAMED', 'DURATION_GIVEN']);
    expect(broken({ ...bare, kind: 'BOOK' })).toEqual(['AUTHOR_NAMED']);
    expect(broken({ ...bare, kind: 'PRODUCT' })).toEqual([]);
  });

  it('want from 2 to 15 keywords', () => {
    const keywords = (count: number) => Array.from({ length: count }, (_, at) => `keyword ${at}`);
    expect([1, 2, 15, 16].map((count) => broken({ keywords: keywords(count) }).length)).toEqual([1, 0, 0, 1]);
  });

  it('want a licence that holds now or will', () => {
    expect(broken({ licences: [] })).toEqual(['LICENCE_HELD']);
    expect(broken({ licences: [{ validUntil: now }] })).toEqual(['LICENCE_HELD']);
    expect(broken({ licences: [{ validUntil: now }, { validUntil: new Date(now.getTime() + 1) }] })).toEqual([]);
  });
});
