import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  ContentKind,
  ContentRow,
  ContentState,
  ContentStepRow,
  Level,
  LicenceRow,
  Module,
} from '../../src/content/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { Node } from '../shared/node.type.ts';
import { ContentKindEnum, ContentStateEnum, LevelEnum, ModuleEnum } from './content.enums.ts';

@ObjectType('Licence', {
  description: 'The right to offer a content: where, and from when until when.',
  simpleResolvers: true,
})
export class LicenceType {
  @Field(() => ID, { description: 'Identifier of the licence.' })
  readonly id: string;

  @Field(() => [String], { description: 'ISO 3166-1 alpha-2 codes, or "*" alone for the whole world.' })
  readonly territory: readonly string[];

  @Field(() => Boolean, { description: 'Whether nobody else may offer it there.' })
  readonly exclusive: boolean;

  @Field(() => Date, { description: 'First instant at which it holds.' })
  readonly validFrom: Date;

  @Field(() => Date, { nullable: true, description: 'First instant at which it no longer holds; absent for no end.' })
  readonly validUntil: Date | null;
}

@ObjectType('ContentStep', { description: "A step of a content's lifecycle.", simpleResolvers: true })
export class ContentStepType {
  @Field(() => ContentStateEnum, { nullable: true, description: 'State before; absent for its making.' })
  readonly from: ContentState | null;

  @Field(() => ContentStateEnum, { description: 'State after.' })
  readonly to: ContentState;

  @Field(() => String, { description: 'Who did it: "user:..." or "system:...".' })
  readonly by: string;

  @Field(() => [String], { description: 'Why, for the supplier.' })
  readonly reasons: readonly string[];

  @Field(() => Date, { description: 'When.' })
  readonly at: Date;
}

@ObjectType('Content', {
  implements: Node,
  description: 'Anything that is recommended or sold.',
  simpleResolvers: true,
})
export class ContentType extends Node {
  /** Not part of the API. */
  readonly partnerId: string;

  /** Not part of the API. */
  readonly domainCode: string;

  @Field(() => ContentKindEnum, { description: 'What sort of content it is.' })
  readonly kind: ContentKind;

  @Field(() => ModuleEnum, { description: 'Line of business that it belongs to.' })
  readonly module: Module;

  @Field(() => LevelEnum, { description: 'How much it presupposes.' })
  readonly level: Level;

  @Field(() => String, { description: 'Language that it is in, BCP 47.' })
  readonly language: string;

  @Field(() => String, { description: 'Title.' })
  readonly title: string;

  @Field(() => [String], { description: 'Who made it.' })
  readonly authors: readonly string[];

  @Field(() => String, { description: 'What it is about.' })
  readonly description: string;

  @Field(() => [String], { description: 'Words that it is found by.' })
  readonly keywords: readonly string[];

  @Field(() => MoneyType, { description: 'What it costs now; zero for what is free.' })
  readonly price: MoneyType;

  @Field(() => Int, { nullable: true, description: 'Minutes that it takes; absent where that means nothing.' })
  readonly durationMinutes: number | null;

  @Field(() => Int, {
    description: 'Years that somebody must have to find it in their feed and to buy it; 0 for everybody.',
  })
  readonly minAge: number;

  @Field(() => ContentStateEnum, { description: 'Where it stands between draft and shelf.' })
  readonly state: ContentState;

  @Field(() => Date, { nullable: true, description: 'When it first came on the shelf.' })
  readonly publishedAt: Date | null;

  @Field(() => Date, { description: 'When its draft was begun.' })
  readonly createdAt: Date;
}

export const ContentConnection = connectionOf('Content', () => ContentType);

export function toContent(row: ContentRow): ContentType {
  const { id, priceMinor, currency, ...facts } = row;
  const price = toMoney(priceMinor, currency);
  return build(ContentType, { id: globalId('Content', id), localId: id, ...facts, price });
}

export function toLicence({ id, territory, exclusive, validFrom, validUntil }: LicenceRow): LicenceType {
  return build(LicenceType, { id: globalId('Licence', id), territory, exclusive, validFrom, validUntil });
}

export function toContentStep({ fromState, toState, by, reasons, at }: ContentStepRow): ContentStepType {
  return build(ContentStepType, { from: fromState, to: toState, by, reasons, at });
}
