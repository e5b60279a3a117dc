import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Which project may use which. Within the api, `.dependency-cruiser.mjs` says the same of folders. */
const allowedAcrossProjects = [
  { sourceTag: 'scope:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:intake', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:testing', onlyDependOnLibsWithTags: ['scope:contracts'] },
  {
    sourceTag: 'scope:api',
    onlyDependOnLibsWithTags: ['scope:contracts', 'scope:intake', 'scope:testing'],
  },
  { sourceTag: 'scope:web', onlyDependOnLibsWithTags: ['scope:contracts', 'scope:intake'] },
  { sourceTag: 'scope:e2e', onlyDependOnLibsWithTags: ['scope:contracts', 'scope:testing'] },
  { sourceTag: 'scope:scripts', onlyDependOnLibsWithTags: ['scope:testing'] },
  { sourceTag: 'scope:bench', onlyDependOnLibsWithTags: ['scope:contracts', 'scope:testing'] },
];

export default ts.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '**/build/',
      '**/.svelte-kit/',
      '.nx/',
      '**/data/',
      'apps/api/src/metadata.ts',
      'apps/web/src/lib/generated/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: { globals: globals.node, ecmaVersion: 2024 },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          depConstraints: allowedAcrossProjects,
          enforceBuildableLibDependency: false,
          allowCircularSelfDependency: true,
          allow: [],
        },
      ],
      // An index that is known to be there reads better than a check that never fails.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Nest modules are classes with nothing in them.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ObjectExpression > SpreadElement > ObjectExpression',
          message: 'Write the properties themselves.',
        },
      ],
    },
  },
  {
    // Injected classes must stay values: their types are read while the program runs.
    files: ['apps/api/src/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: [
      'apps/api/src/**/*.ts',
      'apps/api/test/**/*.ts',
      'libs/*/src/**/*.ts',
      'apps/e2e/**/*.ts',
      'apps/bench/src/**/*.ts',
      'scripts/*.mjs',
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false } },
      ],
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['apps/web/static/*.js'],
    languageOptions: { globals: { ...globals.browser, ...globals.serviceworker } },
  },
  {
    files: ['apps/web/**/*.svelte', 'apps/web/**/*.svelte.ts', 'apps/web/src/**/*.ts'],
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      // Contract classes carry decorators and their libraries: the browser needs their shape only.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@echomate/contracts/*.dto'],
              allowTypeImports: true,
              message: 'Import contract classes as types only.',
            },
          ],
        },
      ],
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['apps/web/**/*.svelte', 'apps/web/**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
);
