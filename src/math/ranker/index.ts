export type { Calibration } from './calibration.ts';
export { expectedValue, fitClickConversion } from './click-conversion.ts';
export { FactorisationMachine } from './factorisation-machine.ts';
export { fitMachine } from './fit-machine.ts';
export { isotonicCalibration } from './isotonic-calibration.ts';
export { plattCalibration } from './platt-calibration.ts';
export { measureReliability } from './reliability.ts';
