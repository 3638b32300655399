/** Something of earlier on that was asked for cannot be had: the fault of the arguments, or of the place. */
export class PastProblem extends Error {
  override readonly name = 'PastProblem';
  /** The arguments are not right, or name nothing that is kept. */
  readonly isUsage: boolean;

  constructor(message: string, isUsage = true) {
    super(message);
    this.isUsage = isUsage;
  }
}
