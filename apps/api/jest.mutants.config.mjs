export { mutants as default } from './jest.config.mjs';
