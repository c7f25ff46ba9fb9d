import { Option, type Command } from 'commander';
import { exportTransfers, traceForms, type TraceForm } from '../../kinds/explain-night.ts';
import { writeAtomicParts } from '../../run/atomic-write.ts';
import { cellName } from '../../run/find-cell.ts';
import { checkSameOutcome } from '../../run/same-outcome.ts';
import { findNight } from '../find-night.ts';
import { kindsUrl } from '../kinds-url.ts';
import { say } from '../terminal.ts';

interface Options {
  readonly to: TraceForm;
  readonly out: string;
  readonly document?: string;
}

export function exportCommand(program: Command): void {
  program
    .command('export')
    .summary('write the transfers of a cell as a trace, for another engine')
    .description(
      'Computes a cell of a result folder once more and writes every transfer. fluid-trace: version 2, each flow with its own start (at) and shares (per). fluid-trace-v1: for tools that read version 1 alone, without starts. What a trace does not carry is said here and in its header.',
    )
    .argument('<cell>', 'DIR#KEY, any unique prefix of the key')
    .addOption(new Option('--to <form>', 'which form').choices(traceForms).makeOptionMandatory())
    .requiredOption('-o, --out <file>', 'the trace')
    .option('--document <file>', 'where the document of the cell is now')
    .action(exportVerb);
}

async function exportVerb(reference: string, { to, out, document }: Options): Promise<void> {
  const found = await findNight(reference, document);
  const { result, told } = exportTransfers({ document: found.document, spec: found.entry.spec }, to);
  checkSameOutcome(found, result, kindsUrl());
  writeAtomicParts(out, told.lines());
  const left = told.leavesOut.map((what) => `\n  not in the trace: ${what}`).join('');
  say(
    `${out}: ${told.flows} flows over ${told.resources} resources, at most ${told.slots} at once; ${cellName(found.entry)}${left}`,
  );
}
