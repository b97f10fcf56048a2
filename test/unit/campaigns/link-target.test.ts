import { describe, expect, it } from 'vitest';
import { checkTarget, isAllowedTarget, utmOf, withUtm } from '../../../src/campaigns/link-target.ts';
import { InvalidInputError } from '../../../src/shared/domain-error.ts';

const HOSTS = ['www.example.com', 'shop.example.com:8443'];

describe('the target of a link', () => {
  it.each([
    ['/courses/1?level=2#top', '/courses/1?level=2#top'],
    ['/课程/一', '/%E8%AF%BE%E7%A8%8B/%E4%B8%80'],
    ['/a/../../b', '/b'],
    ['https://www.example.com', 'https://www.example.com/'],
    ['https://WWW.example.com:443/a?b=c', 'https://www.example.com/a?b=c'],
    ['https://shop.example.com:8443/x', 'https://shop.example.com:8443/x'],
  ])('may be %s', (target, normal) => {
    expect(checkTarget(target, HOSTS)).toBe(normal);
  });

  it.each([
    'https://evil.example.com/',
    'https://www.example.com.evil.example/',
    'https://www.example.com@evil.example/',
    'https://user:secret@www.example.com/',
    'https://shop.example.com/',
    'https://own.invalid/',
    'http://www.example.com/',
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/',
    '///evil.example/',
    '/\\evil.example/',
    '\\\\evil.example/',
    '/\t/evil.example/',
    '/a\r\nset-cookie: x=y',
    ' /a',
    'courses/1',
    '',
    '/l/0123456789',
    '/x/../l/0123456789',
    `/${'a'.repeat(1_500)}`,
  ])('may not be %j', (target) => {
    expect(() => checkTarget(target, HOSTS)).toThrow(InvalidInputError);
  });

  it('is no longer led to once its host is taken off the list', () => {
    expect(isAllowedTarget('https://www.example.com/a', HOSTS)).toBe(true);
    expect(isAllowedTarget('https://www.example.com/a', ['shop.example.com:8443'])).toBe(false);
    expect(isAllowedTarget('/a', [])).toBe(true);
    expect(isAllowedTarget('//evil.example/a', HOSTS)).toBe(false);
  });
});

describe('the UTM set of a link', () => {
  const source = {
    partner: { id: '00000000-0000-7000-8000-0000000abcde', name: ' Fei Yue（健身）! ' },
    campaign: { id: '00000000-0000-7000-8000-000000123456', name: '练一小时，学一小时' },
    channel: 'PARTNER_SITE' as const,
    creative: { id: '00000000-0000-7000-8000-000000654321', title: 'Ａ/B: '.repeat(30) },
    code: '0123456789',
  };

  it('is made by one rule from partner, channel, campaign and creative', () => {
    expect(utmOf(withUtm('/a', source))).toEqual({
      source: 'fei-yue-健身.0abcde',
      medium: 'partner-site',
      campaign: '练一小时-学一小时.123456',
      content: `${'a-b-'.repeat(15)}.654321`,
    });
    expect(utmOf(withUtm('/a', { ...source, creative: null })).content).toBe('0123456789');
  });

  it('takes the place of what the target had, keeps the rest, and stays one line of ASCII', () => {
    const destination = withUtm('https://www.example.com/a?x=1&utm_source=me&utm_source=you#end', source);
    expect(destination).toMatch(/^https:\/\/www\.example\.com\/a\?x=1&utm_source=fei-yue[!-~]+#end$/);
    expect(new URL(destination).searchParams.getAll('utm_source')).toHaveLength(1);
    expect(withUtm('/a#end', source)).toMatch(/^\/a\?utm_source=[!-~]+#end$/);
  });
});
