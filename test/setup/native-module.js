/**
 * Stands for a package in the eyes of jest: the module is what Node itself loads, once for all test files of a worker.
 *
 * @see ./one-realm-environment.ts
 */
module.exports = {
  process: () => ({ code: 'module.exports = globalThis[Symbol.for(\'cdk-imdsv2.test.nativeRequire\')](__filename);' }),
  getCacheKey: () => 'native-module-1',
};
