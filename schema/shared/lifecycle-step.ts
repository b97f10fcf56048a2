import { Field, ObjectType } from 'type-graphql';

/**
 * The type of one step of a thing's lifecycle: who, when, why.
 *
 * @param states the registered enumeration of the thing's states
 */
export function lifecycleStepOf<State extends string>(name: string, states: () => object) {
  const words = name.replaceAll(/\B[A-Z]/g, ' $&').toLowerCase();

  @ObjectType(`${name}Step`, { description: `A step of a ${words}'s lifecycle.`, simpleResolvers: true })
  class LifecycleStepType {
    @Field(states, { nullable: true, description: 'State before; absent for the first step.' })
    readonly from: State | null;

    @Field(states, { description: 'State after.' })
    readonly to: State;

    @Field(() => String, { description: 'Who did it: "user:..." or "system:...".' })
    readonly by: string;

    @Field(() => String, { description: 'Why.' })
    readonly reason: string;

    @Field(() => Date, { description: 'When.' })
    readonly at: Date;
  }
  return LifecycleStepType;
}
