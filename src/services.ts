import { AccessService } from './access/index.ts';
import { AttributionService } from './attribution/index.ts';
import { ConversionService } from './campaigns/index.ts';
import { InteractionService } from './interactions/index.ts';
import { OutboxService } from './outbox/index.ts';
import type { Platform } from './platform/platform.ts';
import { UserService } from './users/index.ts';

/** Every use case of the product, wired once. */
export interface Services {
  readonly outbox: OutboxService;
  readonly users: UserService;
  readonly access: AccessService;
  readonly interactions: InteractionService;
  readonly conversions: ConversionService;
  readonly attribution: AttributionService;
}

export function createServices(platform: Platform): Services {
  const outbox = new OutboxService(platform);
  const users = new UserService(platform);
  const access = new AccessService(platform, users);
  const interactions = new InteractionService(platform);
  const conversions = new ConversionService(platform, outbox);
  const attribution = new AttributionService();
  return { outbox, users, access, interactions, conversions, attribution };
}
