export { areaUnderCurve } from './area-under-curve.ts';
export type { Calibration } from './calibration.ts';
export {
  type CalibratedMachine,
  expectedValue,
  fitClickConversion,
} from './click-conversion.ts';
export { FactorisationMachine } from './factorisation-machine.ts';
export { DEFAULT_MACHINE_OPTIONS, fitMachine } from './fit-machine.ts';
export { isotonicCalibration } from './isotonic-calibration.ts';
export { logistic, logisticLoss, logOddsOf } from './logistic.ts';
export { MachineSums, type SummableMachine, summableMachine } from './machine-sums.ts';
export { type PlattLine, plattCalibration } from './platt-calibration.ts';
export { measureReliability } from './reliability.ts';
