export { InvalidCredentialsError, TooManyAttemptsError } from './access.errors.ts';
export { AccessService, type OpenedSession } from './access.service.ts';
export { SessionSchema } from './session.entity.ts';
