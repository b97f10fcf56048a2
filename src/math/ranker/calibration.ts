/** Turns what a model says into probabilities that are borne out: of all things given 0.2, a fifth happens. */
export interface Calibration {
  /** A probability within [0, 1] that never falls as the score rises. */
  calibrate(score: number): number;
}
