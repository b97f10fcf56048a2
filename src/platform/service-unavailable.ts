/** A server that the configuration names does not answer, or not as it must. */
export class ServiceUnavailableError extends Error {
  override readonly name = 'ServiceUnavailableError';
}
