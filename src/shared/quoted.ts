const MAX_SHOWN = 60;

/** Text of a caller as a part of a message: quoted, and never long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
