import { oldestBrowsers } from '@vaxel/site/catalogues'

/** The oldest browsers that the app runs in, as esbuild names them; a site is asked for the same ones. Brave is Chromium. */
export const targets = Object.entries(oldestBrowsers).map(([browser, version]) => `${browser}${version}`)
