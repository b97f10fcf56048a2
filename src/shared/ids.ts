import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';

/** Makes identifiers. Passed in, so that a seed makes the same ones at every run. */
export interface IdSource {
  next(): string;
}

/** UUID version 7: ordered by creation time, which keeps B-tree inserts at the right edge. */
export const randomIds: IdSource = { next: () => uuidv7() };

/**
 * The identifier of a thing that already has a name elsewhere (an imported course, a seeded partner): the same name
 * gives the same UUID at every run. Laid out as UUID version 8 (RFC 9562), SHA-256 of namespace and name.
 */
export function idFromName(namespace: string, name: string): string {
  const bytes = createHash('sha256').update(`${namespace}\u0000${name}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
