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
export { type ContentRow, type ContentTables, contentColumns, findContentsByIds } from './content.queries.ts';
export { CONTENT_STATES, type ContentState } from './content.state.ts';
export { ContentStep, ContentStepSchema } from './content-step.entity.ts';
export { Licence, LicenceSchema, WORLDWIDE } from './licence.entity.ts';
export { licenceCovers } from './licence.queries.ts';
