import { Field, ObjectType } from 'type-graphql';
import type { DomainRow } from '../../src/domains/index.ts';
import { build } from '../shared/build.ts';

@ObjectType('Domain', { description: 'A subject area.', simpleResolvers: true })
export class DomainType {
  @Field(() => String, { description: 'Short stable name: "technology".' })
  readonly code: string;

  @Field(() => String, { description: 'Name in English.' })
  readonly name: string;

  @Field(() => String, { description: 'Name in Chinese.' })
  readonly nameZh: string;
}

export function toDomain({ code, name, nameZh }: DomainRow): DomainType {
  return build(DomainType, { code, name, nameZh });
}
