// What the build makes out of files that are not TypeScript, and what it writes itself.

declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  // oxlint-disable-next-line import/no-default-export -- the shape that esbuild gives a CSS module
  export default classes
}

declare module '*.css' {}

declare module 'vaxel:operations' {
  /** Method and path of each operation, by its id. */
  export const operations: Readonly<Record<string, readonly [method: string, path: string]>>
}

declare module 'vaxel:first-operations' {
  /** Method and path of each operation that a page needs to start, by its id. */
  export const operations: Readonly<Record<string, readonly [method: string, path: string]>>
}

declare module 'vaxel:build' {
  /** Of the sources that this was built from; the server tells its own with each page. */
  export const buildId: string
}
