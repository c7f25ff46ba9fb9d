/** Parameters of a strategy: what fits in the text form `name[key=value,...]`. */
export type ParamValue = number | string | boolean | null;
export type Params = Readonly<Record<string, ParamValue>>;
