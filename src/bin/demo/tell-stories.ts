import { print, secondsSinceStart } from '../output.ts';
import { UsageError } from '../program.ts';
import { type DemoProduct, openDemoProduct } from './demo-product.ts';
import { tellFinanceStory } from './finance-clerk.story.ts';
import { tellLearnerStory } from './learner.story.ts';
import { tellManagerStory } from './partner-manager.story.ts';

type Story = (product: DemoProduct) => Promise<void>;

const STORIES = new Map<string, Story>([
  ['manager', tellManagerStory],
  ['learner', tellLearnerStory],
  ['finance', tellFinanceStory],
]);

/**
 * Loads the scenario as of `today` into a database of its own and tells the stories on it.
 *
 * @throws UsageError when there is no story named `only`
 */
export async function tellStories({ today, only }: { today: Date; only?: string | undefined }): Promise<void> {
  const chosen = only === undefined ? [...STORIES.values()] : [storyOf(only)];
  print('Loading the demo scenario ...');
  await using product = await openDemoProduct(today);
  for (const tell of chosen) await tell(product);
  print(`Told in ${secondsSinceStart()} s, on a database that is gone now. "npm start" keeps one.`);
}

function storyOf(name: string): Story {
  const story = STORIES.get(name);
  if (!story) throw new UsageError(`There is no story "${name}": ${[...STORIES.keys()].join(', ')}.`);
  return story;
}
