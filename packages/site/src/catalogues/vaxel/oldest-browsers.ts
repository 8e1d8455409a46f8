/** The oldest versions of browsers that the web app is built for, from the requirement documents (ConnectMe), by esbuild's names of them. */
export const oldestBrowsers = { chrome: 90, firefox: 74, edge: 123 } as const
