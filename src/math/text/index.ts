export { contentRecommender, DEFAULT_CONTENT_OPTIONS } from './content.recommender.ts';
export { deletionVariants, editDistance } from './edit-distance.ts';
export { lateFusionRecommender } from './late-fusion.recommender.ts';
export { latentSemantics } from './latent-semantics.ts';
export { fitTfIdf } from './tf-idf.ts';
export { joinFields } from './weighted-fields.ts';
