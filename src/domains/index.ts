export { Domain, DomainSchema } from './domain.entity.ts';
export { type DomainRow, findDomainsByCodes } from './domain.queries.ts';
export { DomainService, requireDomain } from './domain.service.ts';
