import { join } from 'node:path';

/** Where the programs that block are. */
export const PROGRAMS = join(__dirname, 'programs');
