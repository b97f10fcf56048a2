import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { importRules } from './import-rules.ts';

/** The tool passes in silence when it understands no file, so the number of modules is checked too. */
const FEWEST_MODULES = 100;

const { output } = await cruise(
  ['src', 'schema', 'jobs', 'seeds'],
  {
    ruleSet: { forbidden: importRules },
    validate: true,
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
  },
  { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  { tsConfig: extractTSConfig('tsconfig.json') },
);
const { summary } = output as ICruiseResult;
for (const { rule, from, to } of summary.violations) process.stdout.write(`${rule.name}: ${from} -> ${to}\n`);
process.stdout.write(`${summary.totalCruised} modules, ${summary.violations.length} violations\n`);
if (summary.totalCruised < FEWEST_MODULES) {
  process.stdout.write(`Fewer than ${FEWEST_MODULES} modules were read: the check saw nothing.\n`);
  process.exitCode = 1;
}
if (summary.violations.length > 0) process.exitCode = 1;
