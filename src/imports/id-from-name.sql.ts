/**
 * An SQL expression for what `idFromName` computes, so that millions of identifiers are made where the rows are.
 *
 * @param namespace an SQL expression of type text; so is `name`
 */
export function idFromNameSql(namespace: string, name: string): string {
  const digest = `sha256(convert_to(${namespace}, 'UTF8') || '\\x00'::bytea || convert_to(${name}, 'UTF8'))`;
  const version = '(get_byte(digest, 6) & 15) | 128';
  const variant = '(get_byte(digest, 8) & 63) | 128';
  const stamped = `set_byte(set_byte(substring(digest for 16), 6, ${version}), 8, ${variant})`;
  // Without the offset the planner would copy the digest into each of its uses, and compute it three times.
  return `(select encode(${stamped}, 'hex')::uuid from (select ${digest} as digest offset 0) named)`;
}
