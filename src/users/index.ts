export { User, UserSchema } from './user.entity.ts';
export { EmailTakenError } from './user.errors.ts';
export { findUsersByIds, type UserRow } from './user.queries.ts';
export { hashPassword, UserService } from './user.service.ts';
