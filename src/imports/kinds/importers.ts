import { contentImporter } from './content.importer.ts';
import type { Importer } from './importer.ts';
import { interactionsImporter } from './interactions.importer.ts';
import { ordersImporter } from './orders.importer.ts';
import { touchpointsImporter } from './touchpoints.importer.ts';
import { usersImporter } from './users.importer.ts';

/** Every kind of record that has a file format of its own, in the order in which one needs the other. */
export const importers: readonly Importer[] = [
  usersImporter,
  contentImporter,
  interactionsImporter,
  touchpointsImporter,
  ordersImporter,
];
