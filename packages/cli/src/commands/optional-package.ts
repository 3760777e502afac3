import { DovetailError } from '@dovetail/core';

/**
 * Loads a package that not everybody has.
 *
 * @throws DovetailError `invalid-configuration` with how to install it.
 */
export async function optionalPackage<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(name, error)) throw error;
    throw new DovetailError(
      'invalid-configuration',
      `This command needs the package ${name}.`,
      [{ where: name, what: 'is not installed', remedy: `Run "npm install ${name}".` }],
      { cause: error },
    );
  }
}

/** Whether it is this package that is not there, and not one that it needs in turn. */
function isMissing(name: string, error: unknown): boolean {
  const isUnfound = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  return isUnfound && error.message.includes(name);
}
