import type { Kind } from '../model/kind.ts';
import { backupNight } from './backup-night.ts';

/** The kinds of experiment; the first is meant where none is named. */
export const kinds: readonly Kind[] = [backupNight];
