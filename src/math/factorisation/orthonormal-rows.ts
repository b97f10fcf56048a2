/** A row of which less than this share is new is held to be a combination of those before it. */
const DEPENDENT = 1e-12;

/**
 * Makes rows orthonormal in place, one after the other, by Gram and Schmidt's method; each row twice, since once leaves
 * too much of the others in it (Giraud, Langou, Rozloznik, "The loss of orthogonality in the Gram-Schmidt process",
 * 2005). A row that depends on those before it becomes zero.
 *
 * @param rows By rows, each of `length` numbers. Their sizes may differ widely.
 */
export function orthonormaliseRows(rows: Float64Array, length: number): void {
  const count = rows.length / length;
  for (let r = 0; r < count; r++) {
    const row = rows.subarray(r * length, (r + 1) * length);
    const before = norm(row);
    if (before === 0) continue;
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < r; other++)
        subtractProjection(row, rows.subarray(other * length, (other + 1) * length));
    }
    const after = norm(row);
    if (after <= DEPENDENT * before) row.fill(0);
    else for (let k = 0; k < length; k++) row[k] = (row[k] as number) / after;
  }
}

function subtractProjection(row: Float64Array, unit: Float64Array): void {
  const length = row.length;
  const whole = length - (length % 4);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  // Four sums, so that an addition need not wait for the one before it.
  for (let k = 0; k < whole; k += 4) {
    s0 += (row[k] as number) * (unit[k] as number);
    s1 += (row[k + 1] as number) * (unit[k + 1] as number);
    s2 += (row[k + 2] as number) * (unit[k + 2] as number);
    s3 += (row[k + 3] as number) * (unit[k + 3] as number);
  }
  for (let k = whole; k < length; k++) s0 += (row[k] as number) * (unit[k] as number);
  const share = s0 + s1 + (s2 + s3);
  if (share === 0) return;
  for (let k = 0; k < length; k++) row[k] = (row[k] as number) - share * (unit[k] as number);
}

function norm(row: Float64Array): number {
  let squares = 0;
  for (let k = 0; k < row.length; k++) squares += (row[k] as number) ** 2;
  return Math.sqrt(squares);
}
