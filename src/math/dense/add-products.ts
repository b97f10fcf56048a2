/** A part of a dense matrix stored by rows: its element (i, j) is `data[start + i * stride + j]`. */
export interface Window {
  readonly data: Float64Array;
  readonly start: number;
  readonly stride: number;
}

export interface ProductSize {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  /** Times this, each product is added. */
  readonly scale: number;
}

/** So many numbers of a row of `right` stay near the processor while all rows of `left` pass. */
const DEPTH = 240;
/** Three rows by three: nine sums and six factors fill the sixteen registers that there are for doubles. */
const TILE = 3;

/**
 * target += scale * left * right', where element (i, j) of the product is the scalar product of row i of `left` and row j
 * of `right`: both run along memory. `target` is rows by columns, `left` rows by depth, `right` columns by depth. Fastest
 * while `right` has at most some fifty rows. Products are added in an order that depends on the sizes alone. The window
 * `target` must not overlap the other two. The building block of what is dense here, so nothing is checked.
 */
export function addProducts(target: Window, factors: { left: Window; right: Window }, size: ProductSize): void {
  const wholeRows = size.rows - (size.rows % TILE);
  const wholeColumns = size.columns - (size.columns % TILE);
  for (let from = 0; from < size.depth; from += DEPTH) {
    const to = Math.min(size.depth, from + DEPTH);
    for (let i = 0; i < wholeRows; i += TILE) {
      for (let j = 0; j < wholeColumns; j += TILE) addTile(target, factors, { i, j, from, to, scale: size.scale });
    }
    const chunk = { from, to, scale: size.scale };
    addSingles(target, factors, { ...chunk, i: 0, j: wholeColumns, rows: size.rows, columns: size.columns });
    addSingles(target, factors, { ...chunk, i: wholeRows, j: 0, rows: size.rows, columns: wholeColumns });
  }
}

interface Place {
  readonly i: number;
  readonly j: number;
  readonly from: number;
  readonly to: number;
  readonly scale: number;
}

function addTile(target: Window, { left, right }: { left: Window; right: Window }, place: Place): void {
  const { i, j, from, to, scale } = place;
  const a = left.data;
  const b = right.data;
  const a0 = left.start + i * left.stride;
  const a1 = a0 + left.stride;
  const a2 = a1 + left.stride;
  const b0 = right.start + j * right.stride;
  const b1 = b0 + right.stride;
  const b2 = b1 + right.stride;
  let [s00, s01, s02, s10, s11, s12, s20, s21, s22] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = from; k < to; k++) {
    const x0 = a[a0 + k] as number;
    const x1 = a[a1 + k] as number;
    const x2 = a[a2 + k] as number;
    const y0 = b[b0 + k] as number;
    s00 += x0 * y0;
    s10 += x1 * y0;
    s20 += x2 * y0;
    const y1 = b[b1 + k] as number;
    s01 += x0 * y1;
    s11 += x1 * y1;
    s21 += x2 * y1;
    const y2 = b[b2 + k] as number;
    s02 += x0 * y2;
    s12 += x1 * y2;
    s22 += x2 * y2;
  }
  const c = target.data;
  const at = target.start + i * target.stride + j;
  addThree(c, at, { scale, s0: s00, s1: s01, s2: s02 });
  addThree(c, at + target.stride, { scale, s0: s10, s1: s11, s2: s12 });
  addThree(c, at + 2 * target.stride, { scale, s0: s20, s1: s21, s2: s22 });
}

function addThree(c: Float64Array, at: number, sums: { scale: number; s0: number; s1: number; s2: number }): void {
  c[at] = (c[at] as number) + sums.scale * sums.s0;
  c[at + 1] = (c[at + 1] as number) + sums.scale * sums.s1;
  c[at + 2] = (c[at + 2] as number) + sums.scale * sums.s2;
}

/** What is left beside the tiles: rows i to `rows`, columns j to `columns`. */
function addSingles(
  target: Window,
  { left, right }: { left: Window; right: Window },
  place: Place & { rows: number; columns: number },
): void {
  for (let i = place.i; i < place.rows; i++) {
    const a = left.start + i * left.stride;
    for (let j = place.j; j < place.columns; j++) {
      const b = right.start + j * right.stride;
      let sum = 0;
      for (let k = place.from; k < place.to; k++) sum += (left.data[a + k] as number) * (right.data[b + k] as number);
      const at = target.start + i * target.stride + j;
      target.data[at] = (target.data[at] as number) + place.scale * sum;
    }
  }
}
