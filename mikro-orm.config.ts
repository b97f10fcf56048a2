import { entities } from './src/entities.ts';
import { readConfig } from './src/platform/config.ts';
import { mikroOrmOptions } from './src/platform/database.ts';
import { migrations } from './src/platform/migrations/index.ts';

const config = readConfig(process.env);

export default mikroOrmOptions({
  url: config.databaseUrl ?? 'postgresql://127.0.0.1/tributary',
  poolMax: 2,
  entities,
  migrations,
});
