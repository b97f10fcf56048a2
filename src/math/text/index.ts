export { type ContentOptions, contentRecommender, DEFAULT_CONTENT_OPTIONS } from './content.recommender.ts';
export { deletionVariants, editDistance } from './edit-distance.ts';
export { lateFusionRecommender, type Modality } from './late-fusion.recommender.ts';
export { type LatentSemantics, latentSemantics } from './latent-semantics.ts';
export { DEFAULT_TF_IDF_OPTIONS, type Document, fitTfIdf, type TfIdfModel, type TfIdfOptions } from './tf-idf.ts';
export { joinFields, type WeightedField } from './weighted-fields.ts';
