import type { Kind } from '../../model/kind.ts';
import { emulatedNight } from './emulated-night.ts';

/** The kinds of experiment that run on the wall clock. */
export const kinds: readonly Kind[] = [emulatedNight];
