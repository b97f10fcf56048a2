export { InvalidCredentialsError, TooManyAttemptsError } from './access.errors.ts';
export { AccessService, type LogInInput, type OpenedSession } from './access.service.ts';
export { Session, SessionSchema } from './session.entity.ts';
