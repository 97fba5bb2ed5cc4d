import { AISDKError } from '@ai-sdk/provider';
import { findError } from './find.ts';
import { isMarked, mark } from './mark.ts';

const name = 'StagedRetry_PackageMissingError';

/**
 * An optional package could not be loaded. If a check needs it, this is the cause of a `CheckCrashedError`.
 *
 * @example const missing = PackageMissingError.find(error)?.package; // what to install
 */
export class PackageMissingError extends AISDKError {
  /** The name to install it by. */
  readonly package: string;

  /** `advice` says what else may be done, as a clause. */
  constructor({ package: missing, cause, advice }: { package: string; cause: unknown; advice?: string }) {
    super({
      name,
      message: `The package "${missing}" could not be loaded. Run "npm i ${missing}"${advice === undefined ? '' : `; ${advice}`}.`,
      cause,
    });
    mark(this, name);
    this.package = missing;
  }

  /** Whether the error is one of these, also if another copy of this package threw it. */
  static override isInstance(error: unknown): error is PackageMissingError {
    return isMarked(error, name);
  }

  /** Finds this error inside another one, such as `CheckCrashedError`. */
  static find(error: unknown): PackageMissingError | undefined {
    return findError(error, PackageMissingError.isInstance);
  }
}
