import type { CellField } from './cells.ts';
import type { LineKind, LineReferences } from './settlement-line.ts';
import type { Layout, ReferenceSet } from './settlement-profile.ts';

type Cells = readonly string[];
type FieldOf = (field: string) => CellField;

/** The first text that is not empty among fields; null when there is none. */
export function firstOf(fields: readonly string[] | undefined, fieldOf: FieldOf): (cells: Cells) => string | null {
  const present = (fields ?? []).map(fieldOf).filter((field) => field.isPresent);
  const [only] = present;
  if (only && present.length === 1) return (cells) => only.text(cells) || null;
  return (cells) => {
    for (const field of present) {
      const text = field.text(cells);
      if (text !== '') return text;
    }
    return null;
  };
}

/** Reads the references of lines by kind. */
export class ReferenceReader {
  readonly #sets: readonly { kinds: readonly LineKind[] | undefined; read: (cells: Cells) => LineReferences }[];

  constructor(layout: Layout, fieldOf: FieldOf) {
    this.#sets = layout.references.map((set) => ({ kinds: set.kinds, read: compile(set, fieldOf) }));
  }

  read(kind: LineKind, cells: Cells): LineReferences {
    const set = this.#sets.find(({ kinds }) => !kinds || kinds.includes(kind));
    return set ? set.read(cells) : NONE;
  }
}

const NONE: LineReferences = {
  provider: null,
  merchant: null,
  original: null,
  originalMerchant: null,
  line: null,
  also: [],
};
const NO_OTHERS: readonly string[] = [];

function compile(set: ReferenceSet, fieldOf: FieldOf): (cells: Cells) => LineReferences {
  const provider = firstOf(set.provider, fieldOf);
  const merchant = firstOf(set.merchant, fieldOf);
  const original = firstOf(set.original, fieldOf);
  const originalMerchant = firstOf(set.originalMerchant, fieldOf);
  const line = firstOf(set.line, fieldOf);
  const others = (set.also ?? []).map(fieldOf).filter((field) => field.isPresent);
  return (cells) => ({
    provider: provider(cells),
    merchant: merchant(cells),
    original: original(cells),
    originalMerchant: originalMerchant(cells),
    line: line(cells),
    also: others.length === 0 ? NO_OTHERS : textsOf(others, cells),
  });
}

function textsOf(fields: readonly CellField[], cells: Cells): readonly string[] {
  const texts = fields.map((field) => field.text(cells)).filter((text) => text !== '');
  return texts.length > 1 ? [...new Set(texts)] : texts;
}

/** Reads what a line is about. */
export class KindReader {
  readonly #fields: readonly CellField[];
  readonly #kinds: ReadonlyMap<string, LineKind>;
  readonly #otherwise: LineKind;

  constructor({ type }: Layout, fieldOf: FieldOf) {
    this.#fields = type.fields.map(fieldOf).filter((field) => field.isPresent);
    this.#kinds = new Map(Object.entries(type.kinds).map(([name, kind]) => [name.toLowerCase(), kind]));
    this.#otherwise = type.otherwise;
  }

  /** By the first field whose text has a kind; an unknown type is shown as the first field has it. */
  read(cells: Cells): { kind: LineKind; providerType: string } {
    let shown = '';
    for (const field of this.#fields) {
      const text = field.text(cells);
      const kind = this.#kinds.get(text) ?? this.#kinds.get(text.toLowerCase());
      if (kind) return { kind, providerType: text };
      if (shown === '') shown = text;
    }
    return { kind: this.#otherwise, providerType: shown };
  }
}
