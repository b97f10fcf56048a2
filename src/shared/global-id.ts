import { InvalidInputError } from './domain-error.ts';
import { isUuid } from './ids.ts';

/** So much of a wrong identifier is repeated to who sent it. */
const MOST_TOLD = 60;

/** Identifiers on the wire are opaque and unique over all types, by the Relay specification. */
export function globalId(typeName: string, localId: string): string {
  return Buffer.from(`${typeName}:${localId}`, 'utf8').toString('base64url');
}

/** @throws InvalidInputError when the text is no identifier of ours */
export function parseGlobalId(id: string): { typeName: string; localId: string } {
  const [typeName = '', localId = '', ...rest] = Buffer.from(id, 'base64url').toString('utf8').split(':');
  if (!/^[A-Za-z]{1,40}$/.test(typeName) || !isUuid(localId) || rest.length > 0) {
    const told = JSON.stringify(id.length > MOST_TOLD ? `${id.slice(0, MOST_TOLD)}…` : id);
    throw new InvalidInputError('id', `${told} is not an identifier that this API gave out.`);
  }
  return { typeName, localId };
}

/** The local identifier in a text that may be a global one; any other text as it is. */
export function withoutType(text: string): string {
  const [, localId = ''] = Buffer.from(text, 'base64url').toString('utf8').split(':');
  return isUuid(localId) ? localId : text;
}

/**
 * The local identifier behind a global one that must be of a given type.
 *
 * @throws InvalidInputError when it is of another type, or none of ours
 */
export function localId(typeName: string, id: string): string {
  const parsed = parseGlobalId(id);
  if (parsed.typeName !== typeName) {
    throw new InvalidInputError('id', `The identifier is one of a ${parsed.typeName}; a ${typeName} is asked for.`);
  }
  return parsed.localId;
}
