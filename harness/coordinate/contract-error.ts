/** The strategy broke the contract or one of its promises: the cell ends `decision-invalid`, others go on. */
export class DecisionInvalid extends Error {
  override readonly name = 'DecisionInvalid';
}

/** The strategy threw. */
export class StrategyCrashed extends Error {
  override readonly name = 'StrategyCrashed';
}

/** The strategy needs what the executor does not offer. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}
