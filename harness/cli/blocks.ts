export interface Block {
  readonly head: string;
  /** what is said of it; an empty label continues without one */
  readonly lines: readonly { readonly label: string; readonly text: string }[];
}

/** Things with more to say than a row of a table holds: each under its name, wrapped at `width` characters. */
export function renderBlocks(blocks: readonly Block[], width: number): string {
  const labels = Math.max(0, ...blocks.flatMap((b) => b.lines.map((l) => l.label.length)));
  return blocks
    .map(({ head, lines }) => {
      const said = lines.filter((l) => l.text !== '').map((l) => paragraph(l, { labels, width }));
      return [head, ...said].join('\n');
    })
    .join('\n\n');
}

function paragraph(
  { label, text }: Block['lines'][number],
  { labels, width }: { labels: number; width: number },
): string {
  const indent = 2 + (labels === 0 ? 0 : labels + 2);
  const [first, ...rest] = wrap(text, Math.max(30, width - indent));
  const begin = labels === 0 ? '  ' : `  ${label.padEnd(labels)}  `;
  return [begin + (first ?? ''), ...rest.map((line) => ' '.repeat(indent) + line)].join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/u)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
