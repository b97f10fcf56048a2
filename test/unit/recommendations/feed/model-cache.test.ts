import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../../src/recommendations/feed/catalogue.ts';
import { ModelCache } from '../../../../src/recommendations/feed/model-cache.ts';
import type { ServedModel } from '../../../../src/recommendations/served-model.ts';
import { aCatalogue, aModel, anEntry } from '../../../support/feed-wish.ts';

type Load = (versionId: string) => Promise<ServedModel | null>;

/** A cache over a source that counts what it is asked for. */
function aCache(load: Load) {
  const asked: string[] = [];
  const source = {
    load: (versionId: string) => {
      asked.push(versionId);
      return load(versionId);
    },
  };
  return { cache: new ModelCache(source, { patienceMs: 250, logger: pino({ level: 'silent' }) }), asked };
}

const catalogue = aCatalogue([{}]);
const versionOf = (versionId: string) => aModel({ versionId, contentIds: ['c0'] });

describe('the model of a process', () => {
  it('is loaded once for all who ask at a time, and kept', async () => {
    const { cache, asked } = aCache(async (id) => {
      await sleep(5);
      return versionOf(id);
    });
    const views = await Promise.all(Array.from({ length: 10 }, () => cache.view('v1', catalogue)));
    expect(new Set(views).size).toBe(1);
    expect(views[0]?.versionId).toBe('v1');
    expect(await cache.view('v1', catalogue)).toBe(views[0]);
    expect(asked).toEqual(['v1']);
  });

  it('switches with the pointer, back too, and to none', async () => {
    const { cache, asked } = aCache(async (id) => versionOf(id));
    const versions: (string | null)[] = [];
    for (const id of ['v1', 'v2', 'v1', null, 'v2']) versions.push((await cache.view(id, catalogue)).versionId);
    expect(versions).toEqual(['v1', 'v2', 'v1', null, 'v2']);
    expect(asked).toEqual(['v1', 'v2', 'v1', 'v2']);
  });

  it('gives a view over the catalogue that it is asked with', async () => {
    const { cache } = aCache(async (id) => versionOf(id));
    const view = await cache.view('v1', catalogue);
    const grown = catalogue.with([anEntry('new')]);
    const next = await cache.view('v1', grown);
    expect([view.popularity.length, next.popularity.length]).toEqual([1, 2]);
    expect(view.catalogue.size).toBe(1);
    expect([...next.unknown]).toEqual([1]);
  });

  it('is the last one that could be loaded when the next one is broken or gone, and none before the first', async () => {
    for (const broken of [async () => null, () => Promise.reject(new Error('garbage'))]) {
      const { cache, asked } = aCache((id) =>
        id === 'good' || id === 'next' ? Promise.resolve(versionOf(id)) : broken(),
      );
      expect((await cache.view('bad', catalogue)).versionId).toBeNull();
      expect((await cache.view('good', catalogue)).versionId).toBe('good');
      expect((await cache.view('bad', catalogue)).versionId).toBe('good');
      expect((await cache.view('bad', catalogue)).versionId).toBe('good');
      // Not asked for again at once.
      expect(asked).toEqual(['bad', 'good']);
      expect((await cache.view('next', catalogue)).versionId).toBe('next');
    }
  });

  it('is waited for a quarter of a second when there is another, which serves meanwhile', async () => {
    const gate = Promise.withResolvers<ServedModel | null>();
    const { cache, asked } = aCache((id) => (id === 'slow' ? gate.promise : Promise.resolve(versionOf(id))));
    await cache.view('v1', catalogue);
    const begun = performance.now();
    expect((await cache.view('slow', catalogue)).versionId).toBe('v1');
    expect(performance.now() - begun).toBeGreaterThan(200);
    gate.resolve(versionOf('slow'));
    expect((await cache.view('slow', catalogue)).versionId).toBe('slow');
    expect(asked).toEqual(['v1', 'slow']);
  });

  it('is not replaced by one that comes too late', async () => {
    const gate = Promise.withResolvers<ServedModel | null>();
    const { cache, asked } = aCache((id) => (id === 'slow' ? gate.promise : Promise.resolve(versionOf(id))));
    const early = cache.view('slow', catalogue);
    expect((await cache.view('v2', catalogue)).versionId).toBe('v2');
    gate.resolve(versionOf('slow'));
    expect((await early).versionId).toBe('v2');
    expect((await cache.view('v2', catalogue)).versionId).toBe('v2');
    expect(asked).toEqual(['slow', 'v2']);
  });

  it('is none over an empty catalogue, and does not fail', async () => {
    const { cache } = aCache(async (id) => versionOf(id));
    const view = await cache.view('v1', new Catalogue());
    expect([view.popularity.length, view.popularFirst.length, view.unknown.length]).toEqual([0, 0, 0]);
  });
});
