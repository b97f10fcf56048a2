export { evaluateRanking } from './ranking-evaluation.ts';
