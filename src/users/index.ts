export { leastAge, leastAgeSql } from './age.ts';
export type { Profile } from './profile.ts';
export { User, UserSchema } from './user.entity.ts';
export { EmailTakenError } from './user.errors.ts';
export { findUsersByIds, lockUser, type UserRow } from './user.queries.ts';
export { hashPassword, type SignUpInput, UserService } from './user.service.ts';
