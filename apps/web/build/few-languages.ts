import type { Plugin } from 'esbuild'

const spoken = /[/\\](en-US|sv-SE|fr-FR)\.(m?js|cjs)$/
const locale = /[/\\][a-z]{2}-[A-Z]{2}\.(m?js|cjs)$/

/** The component library brings its texts in some thirty languages: only those that the app speaks go into the bundle. */
export const fewLanguages: Plugin = {
  name: 'few-languages',
  setup(build) {
    build.onLoad({ filter: locale }, ({ path }) => {
      if (!path.includes('node_modules') || !/react-aria|react-stately|@react-/.test(path) || spoken.test(path))
        return undefined
      return { contents: 'export default {}; export const none = {}', loader: 'js' }
    })
  },
}
