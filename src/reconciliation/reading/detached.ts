/**
 * A copy of a text that stands alone. A part of a text otherwise keeps the whole of it in memory, which here is a chunk of
 * a file: what is remembered beyond its batch has to let go of it.
 */
export function detached(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
