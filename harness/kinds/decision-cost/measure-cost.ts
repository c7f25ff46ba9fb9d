import { DecisionInvalid, StrategyCrashed, Unsupported } from '../../coordinate/contract-error.ts';
import { generateEstate } from '../../generate/generate-estate.ts';
import { findFamily, parseAsk } from '../../generate/parse-ask.ts';
import { formatStrategyText } from '../../kit/strategy-text.ts';
import type { Document } from '../../model/document/document.ts';
import { acceptDocument } from '../../model/document/parse-document.ts';
import { UserError } from '../../model/errors.ts';
import type { Night } from '../../model/night.ts';
import { compileNight } from '../../night/compile-night.ts';
import { findStrategy } from '../night-cell.ts';
import { countWork, type Work } from './count-work.ts';
import { tapeNight, type Tape } from './tape.ts';
import { timeWork, type Stopwatch, type Times } from './time-work.ts';

export interface CostAsk {
  /** text forms, at least one */
  readonly strategies: readonly string[];
  readonly family: string;
  /** VMs, ascending */
  readonly sizes: readonly number[];
}

/** What the decisions of one strategy took on a cluster of one size. */
export interface CostRow extends Work, Times {
  readonly family: string;
  readonly vms: number;
  readonly proxies: number;
  /** text form */
  readonly strategy: string;
}

const seeds = { clusterSeed: 1, nightSeed: 1 };

/**
 * @param progress is told what comes next
 * @returns by size, then in the order of the strategies
 * @throws {UserError} for what is asked wrongly, and for a strategy whose cost cannot be measured
 */
export function measureCost(
  { strategies, family, sizes }: CostAsk,
  stopwatch: Stopwatch,
  progress: (what: string) => void,
): CostRow[] {
  const found = strategies.map((text) => {
    const { strategy, params } = findStrategy(text);
    const needs = strategy.needs?.filter((need) => need !== 'throttle') ?? [];
    if (needs.length > 0)
      throw new UserError(`${text} needs ${needs.join(' and ')}, which a replay cannot answer`);
    return { strategy, params, text: formatStrategyText(strategy.name, params, strategy.defaults) };
  });
  const documents = sizes.map((vms) => ({ vms, document: openDocument(family, vms) }));
  return documents.flatMap(({ vms, document }) => {
    const night = compileNight(document, seeds);
    return found.map(({ text, strategy, params }): CostRow => {
      progress(`${vms} VMs, ${text}`);
      const seedText = `${seeds.nightSeed}|${text}`;
      const tapes = tapeOrRefuse(text, () => tapeNight({ night, strategy, params, seedText }));
      const work = countWork(tapes, strategy.create);
      const times = timeWork(tapes, { name: text, create: strategy.create }, stopwatch);
      return { family, vms, proxies: proxiesOf(night), strategy: text, ...work, ...times };
    });
  });
}

const proxiesOf = (night: Night): number => night.facts.proxies.length;

/** The longest that a document may have, so that no window cuts off a list: each strategy decides on all of it. */
const windowHours = 1000;

function openDocument(familyName: string, vms: number): Document {
  const family = findFamily(familyName);
  const estate = generateEstate(family, { ...parseAsk(family, { vms }), clusterSeed: seeds.clusterSeed });
  const jobs = estate.jobs!.map((job) => ({ ...job, window: { ...job.window, hours: windowHours } }));
  return acceptDocument({ ...estate, jobs, vms: [...estate.vms] }, estate.name);
}

const wrongs = [DecisionInvalid, StrategyCrashed, Unsupported];

function tapeOrRefuse(strategy: string, tape: () => Tape[]): Tape[] {
  try {
    return tape();
  } catch (error) {
    if (!wrongs.some((type) => error instanceof type)) throw error;
    throw new UserError(`${strategy}: no cost of a night that does not end: ${(error as Error).message}`);
  }
}
