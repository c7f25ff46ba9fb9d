import { parseValues } from '../kit/value-range.ts';

import { parseDocument } from '../model/document/parse-document.ts';
import { UserError } from '../model/errors.ts';
import { readText } from '../run/read-text.ts';
import { parseKnob } from '../vary/knobs.ts';
import type { Varied } from '../vary/knob.ts';
import { varyDocument } from '../vary/vary-document.ts';
import type { VaryOptions } from './vary-options.ts';

/**
 * A document of the command line with its one value per knob and its faults.
 *
 * @throws {UserError}
 */
export function readVaried(file: string, { vary = [], assume = [], fault = [] }: VaryOptions): Varied {
  const knobs = [...vary, ...assume].map((text) => {
    const [, name, list] = /^\s*(\w+)\s*=(.*)$/u.exec(text) ?? [];
    const values = list === undefined ? [] : parseValues(list, text);
    if (name === undefined || values.length !== 1)
      throw new UserError(`"${text}": expected knob=value, one value`);
    return parseKnob(name, values[0]!);
  });
  return varyDocument(parseDocument(readText(file), file), [
    ...knobs,
    ...fault.map((text) => ({ fault: text })),
  ]);
}
