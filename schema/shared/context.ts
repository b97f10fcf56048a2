import type { Services } from '../../src/services.ts';
import type { Actor } from '../../src/shared/actor.ts';
import type { Loaders } from '../loaders.ts';

/** What one request carries to every resolver. */
export interface RequestContext {
  readonly actor: Actor;
  readonly services: Services;
  readonly loaders: Loaders;
  readonly requestId: string;
  /** Address of the caller, or of the proxy before them. For limits, never for rights. */
  readonly clientAddress: string;
}
