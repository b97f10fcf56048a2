export { InvalidCredentialsError } from './access.errors.ts';
export { AccessService, type OpenedSession } from './access.service.ts';
export { Session, SessionSchema } from './session.entity.ts';
