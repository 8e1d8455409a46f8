import { basename, dirname, join } from 'node:path'
import type { Plugin } from 'esbuild'

const namespace = 'later'
const isOurs = 'a part that is fetched later asks for its own file'

/**
 * Makes what the app starts with one file instead of a hundred (docs/decisions/0150). The bundler puts each module into a
 * file with those that the same entries reach, and every part that is fetched later is an entry. So each of them is made to
 * reach all that the start reaches, which is there anyway by then: then that is one set, and one file.
 * @param start the entry of the app, as an absolute path
 * @param atHand a module that the start imports for nothing but its parts, which would fetch a file for it else
 */
export const laterParts = (start: string, atHand: string): Plugin => ({
  name: 'later-parts',
  setup(build) {
    build.onResolve({ filter: new RegExp(`/${basename(atHand)}$`) }, ({ path, resolveDir }) => {
      const found = join(resolveDir, path)
      return found === atHand ? { path: found, sideEffects: true } : undefined
    })
    build.onResolve({ filter: /.*/ }, async ({ path, kind, importer, resolveDir, namespace: from, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === isOurs) return undefined
      const found = await build.resolve(path, { kind, importer, resolveDir, namespace: from, pluginData: isOurs })
      if (found.errors.length > 0 || found.external) return found
      return { path: found.path, namespace, pluginData: found.namespace }
    })
    build.onLoad({ filter: /.*/, namespace }, ({ path, pluginData }) => {
      // What a plugin makes is named as it was asked for.
      const isFile = pluginData === 'file'
      const name = JSON.stringify(isFile ? path : path)
      return {
        contents: `import ${JSON.stringify(start)}\nexport * from ${name}`,
        resolveDir: isFile ? dirname(path) : dirname(start),
      }
    })
  },
})
