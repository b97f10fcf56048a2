import { neighboursOf } from '../../src/math/similarity/index.ts';
import { loadServedModel, servingVersionId } from '../../src/recommendations/model/index.ts';
import type { ServedModel } from '../../src/recommendations/served-model.ts';
import type { TestApp } from './test-app.ts';

/** What is most like one content. */
export interface ServedList {
  readonly contentId: string;
  readonly neighbourIds: readonly string[];
  readonly scores: readonly number[];
}

/** The version that serves, read as feeds read it; null as long as there is none. */
export async function servedModel(app: TestApp): Promise<ServedModel | null> {
  const { database } = app.platform;
  const versionId = await servingVersionId(database);
  return versionId === null ? null : loadServedModel(database, versionId);
}

/** The lists of the version that serves, of contents that are like others at all, by content. */
export async function servedLists(app: TestApp): Promise<ServedList[]> {
  const model = await servedModel(app);
  if (!model) return [];
  const lists = model.contentIds.map((contentId, number) => {
    const { indices, similarities } = neighboursOf(model.neighbours, number);
    const neighbourIds = Array.from(indices, (neighbour) => model.contentIds[neighbour] ?? '');
    return { contentId, neighbourIds, scores: [...similarities] };
  });
  return lists
    .filter(({ neighbourIds }) => neighbourIds.length > 0)
    .sort((one, other) => (one.contentId < other.contentId ? -1 : 1));
}
