import type { Row } from './driver.js';
import { isObject } from './is-object.js';

/** Whether what the client of a database gave is a row, whose columns can be asked for by name. */
export function isRow(value: unknown): value is Row {
  return isObject(value);
}
