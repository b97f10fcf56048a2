export { Domain, DomainSchema } from './domain.entity.ts';
