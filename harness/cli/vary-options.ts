import { Option, type Command } from 'commander';
import { designs, type Design } from '../kit/design.ts';
import type { VaryAsk } from '../run/vary-inputs.ts';
import { collect } from './options.ts';

export interface FaultOptions {
  readonly fault?: string[];
  readonly assume?: string[];
}

export interface VaryOptions extends FaultOptions {
  readonly vary?: string[];
  readonly design?: Design;
}

/** What is other than the document says, everywhere. */
export const addFaultOption = (command: Command): Command =>
  command
    .option(
      '--fault <text>',
      "what happens in the night beside what the document says, as 'proxy-3 out 02:00-04:00', 'esx-2 slow 0.5 from 01:00', 'proxy-1 broken'; may be given several times",
      collect,
    )
    .option(
      '--assume <knob=value>',
      'instead of what the document says, as sharing=by-demand or networkCap=50; may be given several times; see list knobs and list assumptions',
      collect,
    );

/** Of many values; `list knobs` says what there is. */
export const addVaryOption = (command: Command): Command =>
  command.option(
    '--vary <axis>',
    "values of a knob or of a strategy's parameter, as proxies=4..24, cores=4..8:4, 'jobKind={full|incremental}', 'priority-list[cap=1..8]'; may be given several times; see list knobs",
    collect,
  );

export const addDesignOption = (command: Command): Command =>
  command.addOption(
    new Option(
      '--design <how>',
      'every combination; first with first, second with second; or each axis alone, the others as written',
    )
      .choices(designs)
      .default('product'),
  );

export const varyAskOf = ({ vary, fault, assume, design }: VaryOptions): VaryAsk => ({
  vary: vary ?? [],
  faults: fault ?? [],
  assume: assume ?? [],
  design: design ?? 'product',
});
