/** A text that is too long for one string. */
export interface TextLines {
  /** from the first, without their ends; may be asked for again */
  lines(): Iterable<string>;
}
