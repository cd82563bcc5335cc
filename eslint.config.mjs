import { relative, resolve, sep } from 'node:path';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { LAYERS, forbidden } from './scripts/layers.mjs';

const root = import.meta.dirname;

/** Holds every import under src/ against the layer table. */
const importsByLayer = {
  meta: { type: 'problem', schema: [], messages: { forbidden: '{{reason}}' } },
  create(context) {
    const from = projectPath(context.filename);
    const check = (node, source, typeOnly) => {
      if (typeof source?.value !== 'string') return;
      const to = source.value.startsWith('.')
        ? projectPath(resolve(context.filename, '..', source.value.replace(/\.js$/, '.ts')))
        : source.value;
      const reason = forbidden(from, to, { typeOnly });
      if (reason !== undefined) context.report({ node, messageId: 'forbidden', data: { reason } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source, true),
      'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0], false),
    };
  },
};

function isTypeOnly(declaration) {
  if (declaration.importKind === 'type') return true;
  const { specifiers } = declaration;
  return specifiers.length > 0 && specifiers.every((specifier) => specifier.importKind === 'type');
}

function projectPath(file) {
  return relative(root, file).split(sep).join('/');
}

export default defineConfig(
  // The programs of the compatibility run are other people's, unchanged.
  { ignores: ['**/dist/', '**/node_modules/', '.cache/', 'measure/compat/programs/'] },
  // What these programs do wrong is what they are there for.
  { ignores: ['test/findings/programs/'] },
  // Compiled with other packages than ours.
  { ignores: ['measure/applicationGraph/programs/nest/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      // `() => void work()` is the house's way to say that a value is not used.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { layers: { rules: { imports: importsByLayer } } },
    rules: { 'layers/imports': 'error' },
  },
  Object.entries(LAYERS).map(([layer, { globals = [] }]) => ({
    files: [`src/${layer}/**/*.ts`, `src/${layer}.ts`],
    rules: { 'no-restricted-globals': ['error', ...globals] },
  })),
  {
    // Scripts and programs in plain JavaScript run in Node alone.
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly'])),
    },
  },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { __dirname: 'readonly', __filename: 'readonly' },
    },
  },
  {
    // What these programs say of themselves to the test that runs them.
    files: ['test/agent/zoo/**'],
    languageOptions: { globals: { probeAfter: 'readonly' } },
  },
);
