/** Why a line cannot be read, as a sentence about it. Caught where lines are made: the others go on. */
export class LineFault extends Error {
  override readonly name = 'LineFault';
}

const MAX_SHOWN = 60;

/** Text from a file as a part of a message: quoted, and never long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
