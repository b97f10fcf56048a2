export { contentRecommender, DEFAULT_CONTENT_OPTIONS } from './content.recommender.ts';
export { deletionVariants, editDistance } from './edit-distance.ts';
export { type FusedModel, lateFusionRecommender, type Modality } from './late-fusion.recommender.ts';
export { latentSemantics } from './latent-semantics.ts';
export { normaliseRows } from './row-norms.ts';
export { fitTfIdf, tfIdfOf } from './tf-idf.ts';
export { joinFields } from './weighted-fields.ts';
