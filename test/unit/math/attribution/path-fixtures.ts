import { type Paths, PathTable } from '../../../../src/math/attribution/index.ts';

/** Journeys along `path`, its channels between ">". */
export interface PathRow {
  readonly path: string;
  readonly conversions?: number;
  readonly value?: number;
  readonly nulls?: number;
}

export function tableOf(rows: readonly PathRow[]): Paths {
  const table = new PathTable();
  for (const { path, conversions = 0, value = 0, nulls = 0 } of rows) {
    const channels = path === '' ? [] : path.split('>');
    table.add(
      channels.map((channel) => table.channel(channel)),
      { conversions, value, nulls },
    );
  }
  return table.paths();
}
