import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName } from '../shared/actor.ts';
import type { Contract } from './contract.entity.ts';
import type { ContractState } from './contract.state.ts';
import { ContractStep } from './contract-step.entity.ts';

/** Records in what state a contract is from now on, who brought it there and why. */
export function recordContractStep(
  em: EntityManager,
  { ids, clock }: Platform,
  step: { contract: Contract; from: ContractState | null; actor: Actor; reason: string },
): void {
  const { contract, from: fromState, actor, reason } = step;
  const made = { by: actorName(actor), reason, at: clock.now() };
  em.create(
    ContractStep,
    { id: ids.next(), contractId: contract.id, fromState, toState: contract.state, ...made },
    { persist: true },
  );
}

/** Moves a contract and records it. @throws IllegalTransitionError when the lifecycle has no such step */
export function moveContract(
  em: EntityManager,
  platform: Platform,
  step: { contract: Contract; to: ContractState; actor: Actor; reason: string },
): void {
  const { contract, to, actor, reason } = step;
  const from = contract.state;
  contract.moveTo(to);
  recordContractStep(em, platform, { contract, from, actor, reason });
}
