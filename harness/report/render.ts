import { parse, resetSVGDefIds, View, type Loader, type LoggerInterface } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { theme } from './theme.ts';

export interface Drawing {
  /** the specification with its data, readable; for whoever wants to draw it anew */
  readonly vl: string;
  readonly svg: string;
}

/**
 * Draws a vega-lite specification without a screen: the same bytes for the same specification.
 * Fetches nothing: data and pictures must be inside.
 *
 * @throws {Error} for whatever vega-lite or vega would only have warned of
 */
export function renderChart(spec: object, name: string): Promise<Drawing> {
  const drawing = queue.then(() => draw(spec, name));
  queue = drawing.then(ignore, ignore);
  return drawing;
}

// vega numbers clip paths with one counter for all charts: one at a time, each from 0
let queue: Promise<void> = Promise.resolve();
const ignore = (): void => {};

async function draw(spec: object, name: string): Promise<Drawing> {
  const whole = { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', ...spec, config: theme };
  const problems: string[] = marksOf(spec).flatMap((mark) =>
    marks.has(mark) ? [] : `unknown mark "${mark}"`,
  );
  if (problems.length > 0) throw chartError(name, problems);
  const logger = createLogger(problems);
  try {
    const { spec: compiled } = compile(whole as unknown as TopLevelSpec, { logger });
    const view = new View(parse(compiled), { renderer: 'none', logger, loader: noLoader });
    await view.runAsync();
    resetSVGDefIds();
    const svg = await view.toSVG();
    view.finalize();
    if (problems.length === 0) return { vl: `${prettyJson(whole, '')}\n`, svg: `${svg}\n` };
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  throw chartError(name, problems);
}

const chartError = (name: string, problems: readonly string[]): Error =>
  new Error(`chart ${name}: ${problems.join('; ')}`);

const marks = new Set(
  'arc area bar boxplot circle errorband errorbar line point rect rule square text tick trail'.split(' '),
);

/** All marks of a specification, however deep. vega-lite itself reads an unknown one as undefined and falls over. */
function marksOf(spec: unknown): string[] {
  if (typeof spec !== 'object' || spec === null) return [];
  return Object.entries(spec).flatMap(([key, value]) => {
    if (key === 'data' || key === 'datasets') return [];
    if (key !== 'mark') return marksOf(value);
    return [String(typeof value === 'object' && value !== null ? (value as { type?: unknown }).type : value)];
  });
}

function createLogger(problems: string[]): LoggerInterface {
  const keep = (...messages: readonly unknown[]): LoggerInterface => {
    problems.push(messages.map(String).join(' '));
    return logger;
  };
  const logger: LoggerInterface = {
    level: ((level?: number) => (level === undefined ? 0 : logger)) as LoggerInterface['level'],
    error: keep,
    warn: keep,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

const refuse = (uri: string): Promise<never> =>
  Promise.reject(new Error(`a chart fetches nothing, not ${uri}`));
const noLoader = { load: refuse, sanitize: refuse, http: refuse, file: refuse } as unknown as Loader;

/** Indented JSON in which whatever fits on a line stays on it: a data point is a line. */
function prettyJson(value: unknown, indent: string): string {
  const flat = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || flat.length + indent.length <= 110) return flat;
  const inner = `${indent}  `;
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', value.map((item) => prettyJson(item, inner))]
    : ['{', '}', entriesOf(value).map(([k, item]) => `${JSON.stringify(k)}: ${prettyJson(item, inner)}`)];
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

const entriesOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, item]) => item !== undefined);
