/** An amount, a share or a term that cannot be split. Raised at the door of the kernels, before anything is computed. */
export class AllocationInputError extends RangeError {
  override readonly name = 'AllocationInputError';
  /** Where in the input the fault lies, dotted: `terms.2.percent`. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}
