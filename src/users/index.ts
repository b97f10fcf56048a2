export { User, UserSchema } from './user.entity.ts';
export { EmailTakenError } from './user.errors.ts';
export { findUsersByIds, type UserRow, type UserTables } from './user.queries.ts';
export { hashPassword, type SignUpInput, UserService } from './user.service.ts';
