export { Session, SessionSchema } from './session.entity.ts';
export { User, UserSchema } from './user.entity.ts';
