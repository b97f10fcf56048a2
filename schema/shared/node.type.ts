import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Node', { description: 'Anything that can be fetched by its identifier alone.' })
export abstract class Node {
  @Field(() => ID, { description: 'Opaque identifier, unique over all types.' })
  readonly id: string;

  /** The identifier within its own table. Not part of the API. */
  readonly localId: string;
}
