import { Field, ID, InputType, Int } from 'type-graphql';
import type { ContentDraft, ContentFilter, ContentKind, ContentState, Level, Module } from '../../src/content/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { MinorUnits } from '../shared/minor-units.scalar.ts';
import { ContentKindEnum, ContentStateEnum, LevelEnum, ModuleEnum, ScreeningVerdictEnum } from './content.enums.ts';

@InputType('ContentFilter', { description: 'Which contents. Conditions add up.' })
export class ContentFilterType {
  @Field(() => String, { nullable: true, description: 'Code of the domain.' })
  readonly domain?: string | null;

  @Field(() => ModuleEnum, { nullable: true, description: 'Line of business.' })
  readonly module?: Module | null;

  @Field(() => ContentKindEnum, { nullable: true, description: 'Sort of content.' })
  readonly kind?: ContentKind | null;

  @Field(() => LevelEnum, { nullable: true, description: 'How much it presupposes.' })
  readonly level?: Level | null;

  @Field(() => String, { nullable: true, description: 'BCP 47; "zh" finds "zh-CN" too.' })
  readonly language?: string | null;

  @Field(() => ID, { nullable: true, description: 'The partner that supplies it.' })
  readonly partnerId?: string | null;
}

@InputType('SuppliedContentFilter', { description: 'Which of the contents that one supplies. Conditions add up.' })
export class SuppliedContentFilterType extends ContentFilterType {
  @Field(() => ContentStateEnum, { nullable: true, description: 'Where it stands between draft and shelf.' })
  readonly state?: ContentState | null;
}

export function toContentFilter({ domain, partnerId, ...filter }: SuppliedContentFilterType): ContentFilter {
  return { ...filter, domainCode: domain, partnerId: partnerId ? localId('Partner', partnerId) : null };
}

@InputType('CreateContentInput', { description: 'A new draft.' })
export class CreateContentInputType {
  @Field(() => ID, { description: 'The partner that supplies it.' })
  readonly partnerId: string;

  @Field(() => String, { description: 'Code of the domain.' })
  readonly domain: string;

  @Field(() => ContentKindEnum, { description: 'Sort of content.' })
  readonly kind: ContentKind;

  @Field(() => ModuleEnum, { description: 'Line of business.' })
  readonly module: Module;

  @Field(() => LevelEnum, { description: 'How much it presupposes.' })
  readonly level: Level;

  @Field(() => String, { description: 'BCP 47.' })
  readonly language: string;

  @Field(() => String, { description: 'Up to 200 characters.' })
  readonly title: string;

  @Field(() => [String], { defaultValue: [], description: 'Who made it, up to 20.' })
  readonly authors: string[];

  @Field(() => String, { description: 'Up to 10000 characters.' })
  readonly description: string;

  @Field(() => [String], { defaultValue: [], description: 'Words that it is found by, up to 30.' })
  readonly keywords: string[];

  @Field(() => MinorUnits, { description: 'Price in minor units of the currency; "0" for what is free.' })
  readonly priceMinor: bigint;

  @Field(() => String, { description: 'ISO 4217.' })
  readonly currency: string;

  @Field(() => Int, { nullable: true, description: 'Minutes that it takes.' })
  readonly durationMinutes?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Years that somebody must have to buy it, from 0 to 21; absent: 18 for a FINANCIAL_PRODUCT, else 0.',
  })
  readonly minAge?: number | null;
}

@InputType('UpdateContentInput', { description: 'What changes in a draft. What is left out stays.' })
export class UpdateContentInputType {
  @Field(() => ID, { description: 'The content.' })
  readonly contentId: string;

  @Field(() => String, { nullable: true, description: 'Code of the domain.' })
  readonly domain?: string | null;

  @Field(() => ContentKindEnum, { nullable: true, description: 'Sort of content.' })
  readonly kind?: ContentKind | null;

  @Field(() => ModuleEnum, { nullable: true, description: 'Line of business.' })
  readonly module?: Module | null;

  @Field(() => LevelEnum, { nullable: true, description: 'How much it presupposes.' })
  readonly level?: Level | null;

  @Field(() => String, { nullable: true, description: 'BCP 47.' })
  readonly language?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 200 characters.' })
  readonly title?: string | null;

  @Field(() => [String], { nullable: true, description: 'Who made it, up to 20.' })
  readonly authors?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Up to 10000 characters.' })
  readonly description?: string | null;

  @Field(() => [String], { nullable: true, description: 'Words that it is found by, up to 30.' })
  readonly keywords?: string[] | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Price in minor units; "0" for what is free.' })
  readonly priceMinor?: bigint | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217.' })
  readonly currency?: string | null;

  @Field(() => Int, { nullable: true, description: 'Minutes that it takes.' })
  readonly durationMinutes?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Years that somebody must have to buy it, from 0 to 21. A new kind alone raises it to its default.',
  })
  readonly minAge?: number | null;
}

/** Absent and null both mean: as it is. */
export function toDraftChanges({ contentId: _, domain, ...changes }: UpdateContentInputType): Partial<ContentDraft> {
  const given = Object.entries({ ...changes, domainCode: domain }).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return Object.fromEntries(given);
}

@InputType('AddLicenceInput', { description: 'The right to offer a content.' })
export class AddLicenceInputType {
  @Field(() => ID, { description: 'The content.' })
  readonly contentId: string;

  @Field(() => [String], { defaultValue: ['*'], description: 'ISO 3166-1 alpha-2 codes, or "*" alone for everywhere.' })
  readonly territory: string[];

  @Field(() => Boolean, { defaultValue: false, description: 'Whether nobody else may offer it there.' })
  readonly exclusive: boolean;

  @Field(() => Date, { description: 'First instant at which it holds.' })
  readonly validFrom: Date;

  @Field(() => Date, { nullable: true, description: 'First instant at which it no longer holds; absent for no end.' })
  readonly validUntil?: Date | null;
}

@InputType('ScreenContentInput', { description: 'How a screening ends.' })
export class ScreenContentInputType {
  @Field(() => ID, { description: 'The content.' })
  readonly contentId: string;

  @Field(() => ScreeningVerdictEnum, { description: 'The verdict.' })
  readonly verdict: 'APPROVED' | 'REJECTED';

  @Field(() => [String], { defaultValue: [], description: 'Sentences for the supplier; a rejection needs one.' })
  readonly reasons: string[];
}

@InputType('WithdrawContentInput', { description: 'A content that leaves the shelf.' })
export class WithdrawContentInputType {
  @Field(() => ID, { description: 'The content.' })
  readonly contentId: string;

  @Field(() => String, { description: 'Why, up to 500 characters.' })
  readonly reason: string;
}
