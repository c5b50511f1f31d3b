// @ts-check
/**
 * Puts the program, and what it offers to programs of others, into few files, since it starts twice as fast from them as
 * from the many hundred modules of dist and a thousand of packages: dist/bundle, and dist/cli/main.js and dist/index.js
 * lead there. The modules stay where tsc has put them, for whatever else is started from dist. build.mjs runs this in a
 * process of its own.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/**
 * Packages that are put in, with all that they import: plain JavaScript that reads no files of its own. Every other one,
 * native ones foremost, is read from node_modules.
 */
const PUT_IN = [
  ...['alipay-sdk', 'bwip-js', 'commander', 'escpos-buffer', 'fast-png', 'fastest-levenshtein', 'fastify', 'fflate'],
  ...['fontkit', 'iconv-lite', 'node-thermal-printer', 'preact', 'preact-render-to-string', 'pure-rand', 'selfsigned'],
  ...['urllib', 'xmlbuilder', 'xstate', 'yaml', 'zod'],
];

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SRC = join(ROOT, 'src') + sep;
const BUNDLE = join(ROOT, 'dist/bundle');

/**
 * @param {string} id what is imported
 * @param {string | undefined} importer the file that does
 */
function isLeftOut(id, importer) {
  if (importer?.startsWith(SRC) !== true || /^[./]/.test(id) || id.startsWith(SRC)) return id.startsWith('node:');
  return !PUT_IN.some((name) => id === name || id.startsWith(`${name}/`));
}

/** A module looks for the files beside it where tsc and build.mjs have put them, although it stands in another file now. */
const asIfInDist = {
  name: 'as-if-in-dist',
  transform: {
    filter: { code: /import\.meta\.url/ },
    /**
     * @param {string} code
     * @param {string} id
     */
    handler(code, id) {
      if (!id.startsWith(SRC)) return undefined;
      const made = relative(BUNDLE, join(ROOT, 'dist', relative(SRC, id))).replaceAll(sep, '/');
      return code.replaceAll('import.meta.url', `new URL(${JSON.stringify(made)}, import.meta.url).href`);
    },
  },
};

rmSync(BUNDLE, { recursive: true, force: true });
const bundle = await rolldown({
  input: { main: join(SRC, 'cli/main.ts'), index: join(SRC, 'index.ts') },
  platform: 'node',
  tsconfig: false, // It has paths for the type checker only.
  transform: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  external: isLeftOut,
  plugins: [asIfInDist],
});
await bundle.write({
  dir: BUNDLE,
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } }, // Names stay, for whoever reads a stack.
});
writeFileSync(join(ROOT, 'dist/cli/main.js'), "#!/usr/bin/env node\nimport '../bundle/main.js';\n");
writeFileSync(join(ROOT, 'dist/index.js'), "export * from './bundle/index.js';\n");
