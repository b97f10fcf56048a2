export {
  CONTENT_KINDS,
  Content,
  type ContentKind,
  ContentSchema,
  LEVELS,
  type Level,
  MODULES,
  type Module,
} from './content.entity.ts';
export { CONTENT_STATES, type ContentState } from './content.state.ts';
export { Licence, LicenceSchema, WORLDWIDE } from './licence.entity.ts';
