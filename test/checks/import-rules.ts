import type { IForbiddenRuleType } from 'dependency-cruiser';

const domainFile = '^src/(?!bin/|math/|shared/|platform/)([^/]+)/';

/** Imports point one way: see ARCHITECTURE.md. */
export const importRules: IForbiddenRuleType[] = [
  {
    name: 'no-circles',
    comment: 'Two modules that need each other are one module, or hide a third.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'business-knows-no-edges',
    comment: 'The business knows no GraphQL, no queue and no seeds; only src/bin joins them.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/bin/' },
    to: { path: '^(schema|jobs|seeds|test|src/bin)/' },
  },
  {
    name: 'edges-know-only-business',
    comment: 'schema, jobs and seeds meet in src/bin, never each other.',
    severity: 'error',
    from: { path: '^(schema|jobs|seeds)/' },
    to: { path: '^(schema|jobs|seeds|test|src/bin)/', pathNot: '^$1/' },
  },
  {
    name: 'product-knows-no-tests',
    severity: 'error',
    from: { pathNot: '^test/' },
    to: { path: '^test/' },
  },
  {
    name: 'math-is-pure',
    comment: 'Kernels import nothing of ours and nothing that does input or output.',
    severity: 'error',
    from: { path: '^src/math/' },
    to: {
      path: ['^(src|schema|jobs|seeds)/', '^(node:)?(fs|net|http|https|child_process|dns|tls)(/|$)'],
      pathNot: '^src/math/',
    },
  },
  {
    name: 'shared-stands-below',
    severity: 'error',
    from: { path: '^src/shared/' },
    to: { path: '^src/', pathNot: '^src/shared/' },
  },
  {
    name: 'platform-stands-below-domains',
    severity: 'error',
    from: { path: '^src/platform/' },
    to: { path: '^src/', pathNot: '^src/(shared|platform)/' },
  },
  {
    name: 'domains-meet-at-the-door',
    comment: 'A domain meets another only through its index.ts.',
    severity: 'error',
    from: { path: domainFile },
    to: { path: domainFile, pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
  },
  {
    name: 'edges-enter-by-the-door',
    comment: 'Outside of src a domain is its index.ts.',
    severity: 'error',
    from: { path: '^(schema|jobs|seeds|src/bin)/' },
    to: { path: domainFile, pathNot: '^src/.+/index\\.ts$' },
  },
  {
    name: 'ledger-knows-no-domain',
    severity: 'error',
    from: { path: '^src/ledger/' },
    to: { path: domainFile, pathNot: '^src/(ledger|outbox)/' },
  },
  {
    name: 'no-undeclared-packages',
    severity: 'error',
    from: { path: '^(src|schema|jobs|seeds)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
  },
  {
    name: 'no-development-packages',
    comment: 'What runs in production is a dependency.',
    severity: 'error',
    from: { path: '^(src|schema|jobs|seeds)/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
];
