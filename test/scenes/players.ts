import { simulateNight } from '../../harness/kinds/simulate-night.ts';
import { resolveParams } from '../../harness/kit/strategy-text.ts';
import type { Document } from '../../harness/model/document/document.ts';
import type { Params } from '../../harness/model/params.ts';
import type { Strategy } from '../../harness/model/strategy.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { play, type Played } from './fake-executor.ts';

/** What a night leaves behind that both executors can say. */
export type Night = Omit<Played, 'throttles' | 'idleWhileWaitingS'>;
export type Player = (document: Document, strategy: Strategy, given?: Params, nightSeed?: number) => Night;

export const playFake: Player = (document, strategy, given, nightSeed = 1) =>
  play(document, strategy, given, { nightSeed });

export const playVirtual: Player = (document, strategy, given = {}, nightSeed = 1) => {
  const night = compileNight(document, { clusterSeed: 1, nightSeed });
  const params = resolveParams(strategy, given);
  return { ...simulateNight({ night, strategy, params, seedText: `${nightSeed}`, log: true }), night };
};

/** The executor without physics, and the real one. */
export const players = { 'without physics': playFake, 'in virtual time': playVirtual } as const;
