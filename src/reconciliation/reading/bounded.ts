import { SettlementFileError } from './settlement-file.errors.ts';

/** Passes bytes on up to a bound. @throws SettlementFileError past it */
export async function* bounded(
  bytes: AsyncIterable<Buffer>,
  { fileName, maxBytes }: { readonly fileName: string; readonly maxBytes: number },
): AsyncGenerator<Buffer> {
  let count = 0;
  for await (const chunk of bytes) {
    count += chunk.length;
    if (count > maxBytes) throw new SettlementFileError(fileName, `is longer than ${maxBytes} bytes once unpacked.`);
    yield chunk;
  }
}
