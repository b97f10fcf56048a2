import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openDemoProduct } from '../../src/bin/demo/demo-product.ts';
import { system } from '../../src/shared/actor.ts';
import { type Random, seededRandom } from '../../src/shared/random.ts';
import { type Bench, type Measurement, percentile } from './bench.ts';

const SEARCH = `query ($query: String!) {
  search(query: $query, first: 10) { edges { node { score content { title } highlights { field } } } } }`;
const QUERIES = 300;
const EDITED = /[a-z\p{Script=Han}]/iu;
const LETTERS = Array.from('etaoinsrhl的学程数理文化');

type Product = Awaited<ReturnType<typeof openDemoProduct>>;

/** Searches for titles of a catalogue, as they are written and with an edit, through the whole server. */
export const searchBench: Bench = {
  name: 'search',
  description:
    'Titles of a folder of MOOCCubeX (its path is the argument), searched for as written, with an edit, in part.',
  async run([folder = 'mooccubex']): Promise<Measurement[]> {
    await using product = await openDemoProduct(new Date('2026-11-20T12:00:00Z'));
    await importCourses(product, folder);
    const startedMs = performance.now();
    const contents = await product.services.searchIndex.index();
    const indexing = { name: 'index', figures: { contents, seconds: (performance.now() - startedMs) / 1_000 } };
    const titles = await someTitles(product);
    const random = seededRandom(1);
    const asWritten = await measure(product, { name: 'as written', titles, toQuery: (title) => title });
    const edited = await measure(product, { name: 'one edit', titles, toQuery: (title) => withEdit(title, random) });
    const part = await measure(product, { name: 'first half', titles, toQuery: firstHalf });
    return [indexing, asWritten, edited, part];
  },
};

/** The courses alone: one learner stands for the many, who are none of the search's business. */
async function importCourses({ services }: Product, folder: string): Promise<void> {
  const courses = await mkdtemp(join(tmpdir(), 'courses-'));
  await symlink(resolve(folder, 'course_profiles.jsonl.gz'), join(courses, 'course_profiles.jsonl.gz'));
  for (const name of ['train.txt', 'test.txt']) await writeFile(join(courses, name), '0 0 1\n');
  await services.imports.importMooccubex(system('bench'), { folder: courses, errorsFolder: courses });
  await rm(courses, { recursive: true });
}

async function someTitles({ platform }: Product): Promise<string[]> {
  const { rows } = await platform.database.pool.query<{ title: string }>(
    `select title from contents where state = 'PUBLISHED' and length(title) between 4 and 60
     order by md5(id::text) limit $1`,
    [QUERIES],
  );
  return rows.map(({ title }) => title);
}

async function measure(
  { server }: Product,
  { name, titles, toQuery }: { name: string; titles: readonly string[]; toQuery: (title: string) => string },
): Promise<Measurement> {
  const tookMs: number[] = [];
  let [first, found] = [0, 0];
  for (const title of titles) {
    const startedMs = performance.now();
    const payload = { query: SEARCH, variables: { query: toQuery(title) } };
    const response = await server.inject({ method: 'POST', url: '/graphql', payload });
    tookMs.push(performance.now() - startedMs);
    const { data } = response.json<{ data: { search: { edges: { node: { content: { title: string } } }[] } } }>();
    const place = data.search.edges.findIndex(({ node }) => node.content.title === title);
    first += place === 0 ? 1 : 0;
    found += place >= 0 ? 1 : 0;
  }
  const [p50Ms, p99Ms] = [percentile(tookMs, 0.5), percentile(tookMs, 0.99)];
  return {
    name,
    figures: { queries: titles.length, p50Ms, p99Ms, first: first / titles.length, inTen: found / titles.length },
  };
}

/** The title with one letter left out, put in, exchanged with its neighbour or replaced. */
function withEdit(title: string, random: Random): string {
  const characters = Array.from(title);
  const places = characters.flatMap((character, at) => (EDITED.test(character) ? [at] : []));
  const at = places[Math.floor(random.next() * places.length)] ?? 0;
  const letter = LETTERS[Math.floor(random.next() * LETTERS.length)] ?? 'e';
  const edit = Math.floor(random.next() * 4);
  if (edit === 0) return characters.toSpliced(at, 1).join('');
  if (edit === 1) return characters.toSpliced(at, 0, letter).join('');
  if (edit === 2) return characters.toSpliced(at, 1, letter).join('');
  return characters.toSpliced(at, 2, ...characters.slice(at, at + 2).reverse()).join('');
}

function firstHalf(title: string): string {
  const characters = Array.from(title);
  return characters.slice(0, Math.max(2, Math.ceil(characters.length / 2))).join('');
}
