// @ts-check
// The toy kind without its chart: for tests that look at something else, since charts take a while to load.
import { kinds as drawn } from './kinds.mjs';

export const kinds = drawn.map((kind) => ({ ...kind, charts: [] }));
