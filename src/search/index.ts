export { ContentSearchSchema } from './content-search.entity.ts';
export { type Fragment, highlight } from './highlights.ts';
export { searchCursor } from './search.queries.ts';
export { type SearchPage, type SearchQuery, SearchService } from './search.service.ts';
export { SearchIndexService } from './search-index.service.ts';
export { SearchTermSchema } from './search-term.entity.ts';
