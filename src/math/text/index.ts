export { deletionVariants, editDistance } from './edit-distance.ts';
