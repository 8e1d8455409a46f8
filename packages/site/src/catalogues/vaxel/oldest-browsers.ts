/** The oldest versions of browsers that the web app is built for, by esbuild's names of them. Brave is Chromium. */
export const oldestBrowsers = { chrome: 90, firefox: 74, edge: 123 } as const
