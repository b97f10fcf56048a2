/** A journey that no model can credit. Raised at the door of the kernels, before anything is computed. */
export class AttributionInputError extends RangeError {
  override readonly name = 'AttributionInputError';
}
