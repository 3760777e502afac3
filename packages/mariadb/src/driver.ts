import type { Driver } from '@dovetail/core/driver';
import { driverOf, type MysqlConnectionOptions } from '@dovetail/mysql/family';
import { mariadb } from './mariadb.js';

/** MariaDB as Dovetail sees it. `Dovetail.init` uses it; tools of your own may as well. */
export const mariadbDriver: Driver<MysqlConnectionOptions> = driverOf(mariadb);
