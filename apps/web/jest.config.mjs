/** Pure logic only; what a page does is shown in a real browser by apps/e2e. */
export default {
  displayName: 'web',
  roots: ['<rootDir>/src', '<rootDir>/messages'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { configFile: '../../.swcrc' }] },
};
