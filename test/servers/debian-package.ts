import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A package of the Debian archive with all that it depends on, unpacked into a folder of its own. */
export interface UnpackedPackage {
  readonly folder: string;
  /** The command line that runs a program of the package with the package's own libraries. */
  command(program: string): readonly string[];
}

/**
 * Unpacks a package below `cache`, unless an earlier run did. Nothing is installed: lists, archives and files stay in
 * there, so no root is needed, and the machine's own packages are neither used nor changed.
 *
 * @param suite `unstable`, or the machine's own release where absent.
 */
export async function unpackDebianPackage(cache: string, name: string, suite?: string): Promise<UnpackedPackage> {
  const wanted = suite ?? (await ownRelease());
  const folder = join(cache, `${name}-${wanted}`);
  if (!existsSync(folder)) await unpack(cache, name, wanted, folder);
  return describeUnpacked(folder);
}

/** Works beside the folder and renames at last, so that it is there whole or not at all, whoever else unpacks it. */
async function unpack(cache: string, name: string, suite: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'unpacking-'));
  try {
    const options = await aptOptions(work, suite);
    await run('apt-get', [...options, 'update']);
    await run('apt-get', [...options, 'install', '--download-only', '--no-install-recommends', '--yes', name]);
    const archives = join(work, 'cache/archives');
    for (const archive of (await readdir(archives)).filter((file) => file.endsWith('.deb'))) {
      await run('dpkg', ['-x', join(archives, archive), join(work, 'root')]);
    }
    await rename(join(work, 'root'), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** An apt that knows nothing of the machine but where its packages come from (apt.conf(5), directories). */
async function aptOptions(work: string, suite: string): Promise<readonly string[]> {
  const settings = {
    'Dir::Etc::SourceList': join(work, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State': join(work, 'state'),
    'Dir::State::Status': join(work, 'status'),
    'Dir::Cache': join(work, 'cache'),
    // Files below a folder of the user's own can't be read by the user that apt otherwise downloads as.
    'APT::Sandbox::User': '',
  };
  await mkdir(join(work, 'state/lists/partial'), { recursive: true });
  await mkdir(join(work, 'cache/archives/partial'), { recursive: true });
  await writeFile(join(work, 'status'), '');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  await writeFile(join(work, 'sources.list'), `deb [signed-by=${keyring}] ${await archiveUri()} ${suite} main\n`);
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** Where the machine gets Debian itself from; sources of other vendors, and of security updates, have other releases. */
async function archiveUri(): Promise<string> {
  const release = await ownRelease();
  const filters = ['Created-By: Packages', `Release: ${release}`, 'Component: main'];
  const { stdout } = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)', ...filters]);
  const [uri] = stdout.split('\n');
  if (!uri) throw new Error(`The package sources of this machine do not name the Debian archive of ${release}.`);
  return uri;
}

/** The code name of the machine's Debian release. */
async function ownRelease(): Promise<string> {
  const lines = (await readFile('/etc/os-release', 'utf8')).split('\n');
  const valueOf = (key: string): string | undefined =>
    lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1);
  const release = valueOf('VERSION_CODENAME');
  if (valueOf('ID') !== 'debian' || !release) throw new Error('This machine does not run Debian.');
  return release;
}

async function describeUnpacked(folder: string): Promise<UnpackedPackage> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const loader = files.find(({ name }) => /^ld-linux.*\.so\.\d+$/.test(name));
  if (loader === undefined) throw new Error(`No dynamic loader was unpacked in ${folder}.`);
  const libraries = new Set(files.filter(({ name }) => /\.so(\.\d+)*$/.test(name)).map(({ parentPath }) => parentPath));
  return {
    folder,
    command: (program) => [
      join(loader.parentPath, loader.name),
      '--library-path',
      [...libraries].join(':'),
      join(folder, program),
    ],
  };
}
