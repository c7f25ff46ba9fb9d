import type { Chart } from '../../model/kind.ts';
import { formatDuration } from '../../model/units.ts';
import { boundLayers, boundOf } from './bound.ts';
import { byStrategy, hoursOf } from './cells.ts';
import { dotLayers, hoursIn } from './dots.ts';
import { hoursAxis, spreadText, strategyAxis, strategyColour } from './encodings.ts';

const panels = [
  { metric: 't95_vms_s', text: '95 % of the VMs protected', isBounded: false },
  { metric: 'makespan_s', text: 'all VMs protected (makespan)', isBounded: true },
];

export const timeTo95: Chart = {
  name: 'time-to-95',
  title: 'Time to 95 % and makespan',
  question: 'How long until 95 % of VMs are protected, and until all?',
  spec(rows, colours) {
    const shown = byStrategy(rows, colours, 'protected');
    if (shown.length === 0) return null;
    const bound = boundOf(rows);
    const hours = panels.flatMap(({ metric }) => shown.flatMap((one) => hoursIn(one, metric)));
    // room at the right for the words behind the dots, and for those that never got there
    const room = hours.includes(null) ? 1.6 : 1.25;
    const endHours = room * Math.max(0.01, hoursOf(bound?.seconds ?? 0), ...hours.map((value) => value ?? 0));
    const xOf = (field: string) => ({
      field,
      type: 'quantitative',
      scale: { domain: [0, endHours], nice: false },
      axis: hoursAxis,
    });
    const { y, width, height } = strategyAxis(shown);
    const panel = ({ metric, text, isBounded }: (typeof panels)[number]) => {
      const binding = isBounded && bound !== null ? bound : null;
      const words =
        binding && `${binding.name} for every strategy: ${formatDuration(binding.seconds)} (${binding.what})`;
      return {
        title: { text, fontSize: 13, ...(words === null ? {} : { subtitle: words }) },
        width,
        height,
        encoding: { y, color: { ...strategyColour(shown, colours), legend: null } },
        layer: [
          ...(binding === null ? [] : boundLayers(binding, xOf)),
          ...dotLayers(shown, metric, xOf, endHours),
        ],
      };
    };
    return {
      description: `${spreadText(rows, 'small dot = each, large dot = median')}\nnot reached = some VMs were left unprotected`,
      vconcat: panels.map(panel),
    };
  },
};
