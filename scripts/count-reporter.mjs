// Ends the output of vitest with one plain line: `12 passed, 0 failed`. A run in which no test ran has failed: the name that
// was asked for is wrong.

/** @import { Reporter, TestModule } from 'vitest/node' */

/** @implements {Reporter} */
export default class CountReporter {
  /**
   * A file that doesn't load, a group that can't be prepared, and an error outside every test count as a failure each.
   *
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const passed = states.filter((state) => state === 'passed').length;
    const failedTests = states.filter((state) => state === 'failed').length;
    const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const broken = groups.filter((group) => group.errors().length > 0).length;
    if (states.length > 0 && passed + failedTests === 0) process.exitCode = 1;
    console.log(`${passed} passed, ${failedTests + broken + unhandledErrors.length} failed`);
  }
}
