import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const fromBuilt = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

const { name, version: ours } = JSON.parse(readFileSync(fromBuilt('package.json'), 'utf8')) as {
  name: string;
  version: string;
};

export const version = ours;
export const tool = `${name} ${ours}`;
/** of the suites that come with the package */
export const suitesFolder = fromBuilt('fixtures/suites');
