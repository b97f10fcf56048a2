import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** How much one operation may ask for, whatever its cost. */
export interface QueryLimits {
  /** Fields within fields, the outermost counted. */
  readonly depth: number;
  /** Fields given another name. */
  readonly aliases: number;
  /** Fields of the query or mutation itself. */
  readonly rootFields: number;
  readonly directives: number;
}

/**
 * The standard introspection query, the deepest that tools send, has depth 14 and 200 tokens. What people write stays
 * under 10. Tokens are limited by the parser, which stops at the bound, so that no document reaches the rules that is costly to
 * check.
 */
export const queryLimits: QueryLimits = { depth: 15, aliases: 30, rootFields: 20, directives: 30 };
export const MAX_TOKENS = 1_000;

type Size = QueryLimits;

const NOTHING: Size = { depth: 0, aliases: 0, rootFields: 0, directives: 0 };
const LIMIT_NAMES: Readonly<Record<keyof QueryLimits, string>> = {
  depth: 'levels of depth',
  aliases: 'aliases',
  rootFields: 'fields at the root',
  directives: 'directives',
};

/**
 * A validation rule that refuses operations over the limits. Fragments count at every place where they are spread, and
 * are measured once, so that the check stays linear in the document. An own rule, since the libraries for it either
 * turn syntax errors into server errors (graphql-armor) or know one of the limits only.
 */
export function queryLimitsRule(limits: QueryLimits = queryLimits): ValidationRule {
  return (context) => {
    const measure = createMeasure(context);
    const check = (operation: OperationDefinitionNode) => {
      const size = addDirectives(measure(operation.selectionSet), operation.directives?.length ?? 0);
      for (const name of Object.keys(LIMIT_NAMES) as (keyof QueryLimits)[]) {
        if (size[name] > limits[name]) context.reportError(tooLarge(name, limits, operation));
      }
    };
    return { OperationDefinition: check } satisfies ASTVisitor;
  };
}

function tooLarge(name: keyof QueryLimits, limits: QueryLimits, operation: OperationDefinitionNode): GraphQLError {
  return new GraphQLError(`The operation has more than ${limits[name]} ${LIMIT_NAMES[name]}.`, {
    nodes: operation,
    extensions: { code: 'QUERY_TOO_LARGE' },
  });
}

/** Measures selection sets; what is under the root of one is told as `rootFields`. */
function createMeasure(context: ValidationContext): (set: SelectionSetNode) => Size {
  const fragments = new Map<string, Size>();

  function measureSet(set: SelectionSetNode): Size {
    return set.selections.map(measureSelection).reduce(beside, NOTHING);
  }

  function measureSelection(node: SelectionNode): Size {
    return addDirectives(measureBare(node), node.directives?.length ?? 0);
  }

  function measureBare(node: SelectionNode): Size {
    if (node.kind === Kind.INLINE_FRAGMENT) return measureSet(node.selectionSet);
    if (node.kind === Kind.FRAGMENT_SPREAD) return measureFragment(node.name.value);
    const inner = node.selectionSet ? measureSet(node.selectionSet) : NOTHING;
    return {
      depth: inner.depth + 1,
      aliases: inner.aliases + (node.alias ? 1 : 0),
      rootFields: 1,
      directives: inner.directives,
    };
  }

  function measureFragment(name: string): Size {
    const known = fragments.get(name);
    if (known) return known;
    // A fragment within itself counts as nothing here; the standard rules refuse it.
    fragments.set(name, NOTHING);
    const fragment: FragmentDefinitionNode | null | undefined = context.getFragment(name);
    const size = fragment ? measureSet(fragment.selectionSet) : NOTHING;
    fragments.set(name, size);
    return size;
  }

  return measureSet;
}

function beside(one: Size, other: Size): Size {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: one.aliases + other.aliases,
    rootFields: one.rootFields + other.rootFields,
    directives: one.directives + other.directives,
  };
}

function addDirectives(size: Size, count: number): Size {
  return { ...size, directives: size.directives + count };
}
