/** Why a line cannot be read, as a sentence about it. Caught where lines are made: the others go on. */
export class LineFault extends Error {
  override readonly name = 'LineFault';
}
