export type { Calibration } from './calibration.ts';
export {
  type ClickConversionModel,
  expectedValue,
  fitClickConversion,
  type ShownExamples,
} from './click-conversion.ts';
export { FactorisationMachine, type FactorisationMachineParts } from './factorisation-machine.ts';
export { DEFAULT_MACHINE_OPTIONS, type FitMachineOptions, type FittedMachine, fitMachine } from './fit-machine.ts';
export { isotonicCalibration } from './isotonic-calibration.ts';
export type { LabelledExamples } from './labelled-examples.ts';
export { plattCalibration } from './platt-calibration.ts';
export { measureReliability, type Reliability } from './reliability.ts';
