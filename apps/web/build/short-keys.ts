import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** The strokes of each drawing have random keys, which compress to nothing smaller: they are counted instead. */
export const shortKeys: Plugin = {
  name: 'short-keys',
  setup(build) {
    build.onLoad({ filter: /lucide-react[/\\]dist[/\\]esm[/\\]icons[/\\][^/\\]+\.m?js$/ }, async ({ path }) => {
      let strokes = 0
      const contents = (await readFile(path, 'utf8')).replace(/\bkey: "\w+"/g, () => `key: "${strokes++}"`)
      return { contents, loader: 'js' }
    })
  },
}
