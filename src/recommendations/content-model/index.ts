export { contentModel, contentModelParams } from './content-model.ts';
export type { ContentText } from './content-text.ts';
