/** Nothing that cannot be seen: no control or format characters, which make two addresses look like one. */
const EMAIL = /^[^\s@\p{C}]{1,64}@[^\s@\p{C}]{1,190}\.[^\s@.\p{C}]{2,63}$/u;

/**
 * The form in which an address is kept and compared: without surrounding space, in lower case, and with characters
 * that are variants of others (of full width, or composed otherwise) replaced by these. Null when it is no address.
 */
export function normaliseEmail(text: string): string | null {
  const email = text.normalize('NFKC').trim().toLowerCase();
  return EMAIL.test(email) ? email : null;
}
