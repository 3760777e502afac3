import type { SeederClass } from './seeder.js';

/** Where seeders are, and how new ones are written. */
export interface SeederOptions {
  /** The seeder that runs when none is named: a class, or its name. The default is `DatabaseSeeder`. */
  readonly defaultSeeder?: string | SeederClass;
  /** The folder of the seeders, relative to `baseDir`. The default is `./seeders`. */
  readonly path?: string;
  /** Their folder where the program runs TypeScript itself (`preferTs`). The default is `path`. */
  readonly pathTs?: string;
  /** Which files of the folder are seeders. The default is `!(*.d).{js,ts,mjs,mts,cjs,cts}`. */
  readonly glob?: string;
  /** The language of new files. The default is `ts`. */
  readonly emit?: 'ts' | 'js';
  /** The name of a new file, without its ending, for the name of its class. The default is the name of the class. */
  readonly fileName?: (className: string) => string;
  /** Where relative folders start. The default is the process's working folder. */
  readonly baseDir?: string;
  /** The program runs TypeScript itself, through tsx or another loader. The default is false. */
  readonly preferTs?: boolean;
}
