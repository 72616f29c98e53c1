/**
 * Stands for a file of the library in the eyes of jest: the module is the mutated one, which Node loads once for all test files of a process.
 */
module.exports = {
  process: () => ({
    code: `module.exports = globalThis[Symbol.for('cdk-imdsv2.test.nativeRequire')](
      __filename.replace('/src/', '/.mutation/src/').replace(/\\.ts$/, '.js'));`,
  }),
  getCacheKey: () => 'mutated-source-1',
};
