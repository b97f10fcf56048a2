export { contentModel, contentModelParams, contentVectors } from './content-model.ts';
export type { ContentText } from './content-text.ts';
export { fitTextSpace, placeTexts, type TextSpace } from './text-space.ts';
