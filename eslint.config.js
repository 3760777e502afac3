import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const databaseName = '/^(sqlite|postgresql|postgres|mysql|mariadb)$/';
const tests = ['**/*.test.ts', '**/*.fixture.ts'];
const noDatabaseName = {
  message: 'Core knows no database: ask the driver, through its capabilities or its methods.',
};

export default defineConfig(
  globalIgnores(['**/dist/', '.cache/', 'test/packaging/fixtures/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'object-shorthand': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Entities without members of their own, and classes that decorators are called on as functions.
      '@typescript-eslint/no-extraneous-class': ['error', { allowEmpty: true, allowWithDecorator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Drivers and their parts are plain objects of functions, which may be taken apart.
      '@typescript-eslint/unbound-method': 'off',
      // A driver whose library is synchronous still answers with promises, and a throw of its becomes a rejection.
      '@typescript-eslint/require-await': 'off',
      // Character codes are numbers, and are compared with an enum of them.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
    },
  },
  {
    files: ['packages/*/src/**'],
    ignores: tests,
    rules: { 'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['packages/core/src/**'],
    ignores: tests,
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: `Literal[value=${databaseName}]`, ...noDatabaseName },
        { selector: `TemplateElement[value.raw=${databaseName}]`, ...noDatabaseName },
      ],
    },
  },
  {
    // TypeScript checks these too (scripts/tsconfig.json), undefined names included; JSON.parse stays untyped in them.
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-undef': 'off', '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
);
