// @ts-nocheck: Stryker's types are there only where Stryker is.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/**
 * Of each file only a share is mutated, the same share each time: `PAPERJAM_MUTANTS_SHARE` of 100 class members and
 * statements at the top of a file, chosen by where they stand. A score over a share is an estimate of the whole one.
 */
const SHARE = Number(process.env.PAPERJAM_MUTANTS_SHARE ?? 100);

/** @param {number} at */
function isDrawn(at) {
  return (Math.imul(at + 1, 0x9e3779b1) >>> 0) % 100 < SHARE;
}

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'share', {
    shouldIgnore(path) {
      if (SHARE >= 100 || path.isClassDeclaration() || path.isExportNamedDeclaration()) return undefined;
      const parent = path.parentPath;
      const isUnit =
        path.isClassMember?.() || path.isClassMethod() || path.isClassPrivateMethod() || path.isClassProperty();
      const isTop = parent?.isProgram() || parent?.isExportNamedDeclaration();
      if (!isUnit && !isTop) return undefined;
      return isDrawn(path.node.start ?? 0) ? undefined : 'not drawn';
    },
  }),
];
