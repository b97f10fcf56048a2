import { invariant } from '../../shared/invariant.ts';

/** Signature, flags and an extension of no length. */
const HEADER_BYTES = 19;
const END_OF_ROWS = -1;

/**
 * The values of one column of `bytea`, joined, out of what a COPY in the binary format sent (PostgreSQL manual, "COPY",
 * "Binary Format"): after the header, each row is the number of its columns (2 bytes), then the length of the value (4
 * bytes) and the value.
 *
 * @param copied is overwritten: the values are moved together within it
 */
export function joinCopiedBlobs(copied: Uint8Array): Uint8Array {
  const view = new DataView(copied.buffer, copied.byteOffset, copied.byteLength);
  let length = 0;
  for (let at = HEADER_BYTES; view.getInt16(at) !== END_OF_ROWS; ) {
    invariant(view.getInt16(at) === 1, 'there is one column');
    const bytes = view.getInt32(at + 2);
    const from = at + 6;
    copied.copyWithin(length, from, from + bytes);
    length += bytes;
    at = from + bytes;
  }
  return copied.subarray(0, length);
}
