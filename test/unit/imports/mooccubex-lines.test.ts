import { describe, expect, it } from 'vitest';
import { COURSE_DOMAINS, domainOf } from '../../../src/imports/mooccubex/course-domains.ts';
import { languageOf, readCourse } from '../../../src/imports/mooccubex/course-line.ts';
import { readEnrolments } from '../../../src/imports/mooccubex/enrolment-line.ts';

const COURSE = {
  original_id: 'C_1',
  mapped_id: 4,
  name: ' 数据结构 ',
  about: 'Lists, trees and graphs.\n图。',
  fields: ['不知道', '数学', '法学'],
  school_ids: ['S_1'],
  schools: ['清华大学'],
  teachers: ['邓俊辉', ' ', '邓俊辉'],
  key_concepts: ['ward', 'ward', ` ${'长'.repeat(120)}`],
  prerequisites: 'left alone',
};

describe('a course', () => {
  it('is trimmed, its lists freed of blanks and repetitions', () => {
    expect(readCourse(COURSE)).toEqual([
      4,
      'C_1',
      '数据结构',
      'Lists, trees and graphs.\n图。',
      'zh-CN',
      ['邓俊辉'],
      ['ward', '长'.repeat(100)],
      'science',
      ['S_1'],
      ['清华大学'],
    ]);
  });

  it.each([
    [{ mapped_id: 'x' }, 'must be a whole number'],
    [{ name: ' ' }, 'is empty'],
    [{ original_id: undefined }, 'is missing'],
    [{ schools: [] }, 'must have one name for each of school_ids'],
  ])('is refused with %j', (change, reason) => {
    expect(() => readCourse({ ...COURSE, ...change })).toThrow(reason);
  });

  it.each([
    ['Conversational English Skills. Do you want to use English with friends?', 'en'],
    ['数据结构(上)', 'zh-CN'],
    ['Python 编程 with NumPy and pandas, from Tsinghua', 'en'],
    ['Java EE 企业级应用开发', 'zh-CN'],
    ['123 — ', 'en'],
  ])('is told by its script: %s', (sample, language) => {
    expect(languageOf(sample)).toBe(language);
  });
});

describe('domains of courses', () => {
  it('take the first field that has one, and fall back to general studies', () => {
    expect(domainOf(['计算机科学与技术', '法学']).code).toBe('technology');
    expect(domainOf(['没有', '法学']).code).toBe('society');
    expect(domainOf([]).code).toBe('general');
  });

  it('hold each field and each code once', () => {
    const fields = COURSE_DOMAINS.flatMap((domain) => domain.fields);
    expect(new Set(fields).size).toBe(fields.length);
    expect(new Set(COURSE_DOMAINS.map((domain) => domain.code)).size).toBe(COURSE_DOMAINS.length);
  });
});

describe('a line of enrolments', () => {
  it('is a learner and courses in their order', () => {
    expect(readEnrolments('12 7\t3  9 ')).toEqual({ learner: '12', courses: ['7', '3', '9'] });
    expect(readEnrolments('12')).toEqual({ learner: '12', courses: [] });
  });

  it.each(['x 1 2', '1 2 b3', '1,2,3', '1 -2', '1 12345678901'])('is refused as a whole: %s', (line) => {
    expect(readEnrolments(line)).toMatch(/where a whole number must be$/);
  });
});
