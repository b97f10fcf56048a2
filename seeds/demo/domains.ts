import { demoId } from './demo-ids.ts';
import type { DemoDomain } from './scenario.types.ts';

const NAMES = [
  ['technology', 'Technology', '科技'],
  ['finance', 'Finance', '财经'],
  ['fitness', 'Fitness & Health', '运动健康'],
  ['travel', 'Travel', '旅行'],
  ['arts', 'Arts & Culture', '艺术人文'],
  ['language', 'Languages', '语言'],
  ['career', 'Career', '职业发展'],
  ['parenting', 'Parenting', '亲子教育'],
] as const;

export type DomainCode = (typeof NAMES)[number][0];

export const domains: readonly DemoDomain[] = NAMES.map(([code, nameEn, nameZh]) => ({
  id: domainId(code),
  key: code,
  code,
  nameEn,
  nameZh,
}));

export const domainCodes: readonly DomainCode[] = NAMES.map(([code]) => code);

export function domainId(code: DomainCode): string {
  return demoId('domain', code);
}
