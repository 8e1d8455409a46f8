import type { Plugin } from 'esbuild'
import { operations } from '@vaxel/contract'

/** `vaxel:operations`: method and path of each operation, without the schemas, which only the server needs. */
export const operationsModule: Plugin = {
  name: 'operations',
  setup(build) {
    build.onResolve({ filter: /^vaxel:operations$/ }, ({ path }) => ({ path, namespace: 'vaxel-operations' }))
    build.onLoad({ filter: /.*/, namespace: 'vaxel-operations' }, () => {
      const table = Object.fromEntries(operations.map(({ id, method, path }) => [id, [method, path]]))
      return { contents: `export const operations = ${JSON.stringify(table)}` }
    })
  },
}

/** `vaxel:build`: which sources this was built from. */
export const buildModule = (buildId: string): Plugin => ({
  name: 'build',
  setup(build) {
    build.onResolve({ filter: /^vaxel:build$/ }, ({ path }) => ({ path, namespace: 'vaxel-build' }))
    build.onLoad({ filter: /.*/, namespace: 'vaxel-build' }, () => ({
      contents: `export const buildId = ${JSON.stringify(buildId)}`,
    }))
  },
})
