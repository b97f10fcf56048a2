export { holdOutItems, holdOutOne, holdOutShare, type Split } from './hold-out.ts';
export { drawNegatives } from './random-negatives.ts';
