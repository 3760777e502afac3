import { versionIn } from './installed-version.js';

/** The version of this package. */
export function packageVersion(): string {
  return versionIn(new URL('../package.json', import.meta.url)) ?? '';
}

/** What is wrong with a version of Node.js; nothing where it will do: `^20.19.0 || >=22.13.0`. */
export function complaintAbout(nodeVersion: string): string | undefined {
  const [major = 0, minor = 0] = nodeVersion.replace('v', '').split('.').map(Number);
  const isFine = major > 22 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19);
  return isFine
    ? undefined
    : `Dovetail needs Node.js 20.19 or later (22.13 or later of 22); this is ${nodeVersion}.\nInstall one from https://nodejs.org, or with your version manager.`;
}
