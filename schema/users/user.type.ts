import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { ROLES, type Role } from '../../src/shared/actor.ts';
import { globalId } from '../../src/shared/global-id.ts';
import type { UserRow } from '../../src/users/index.ts';
import { build } from '../shared/build.ts';
import { enumOf } from '../shared/enum.ts';
import { Node } from '../shared/node.type.ts';

export const RoleEnum = enumOf(ROLES);
registerEnumType(RoleEnum, { name: 'Role', description: 'What a person may do on the platform as a whole.' });

@ObjectType('User', { implements: Node, description: 'A person with an account.', simpleResolvers: true })
export class UserType extends Node {
  @Field(() => String, { nullable: true, description: 'Address to log in with. Only the person and admins see it.' })
  readonly email: string | null;

  @Field(() => String, { description: 'Name as the person gave it.' })
  readonly displayName: string;

  @Field(() => [RoleEnum], { description: 'Roles on the platform as a whole.' })
  readonly roles: readonly Role[];

  @Field(() => String, { description: 'Preferred language and region, BCP 47.' })
  readonly locale: string;

  @Field(() => Date, { description: 'When the account was made.' })
  readonly createdAt: Date;
}

export function toUser(row: UserRow): UserType {
  const { id, email, displayName, roles, locale, createdAt } = row;
  return build(UserType, {
    id: globalId('User', id),
    localId: id,
    email,
    displayName,
    roles: roles as readonly Role[],
    locale,
    createdAt,
  });
}
