declare module 'espeak-ng' {
  /** Runs the program once with these arguments; what it wrote is in its file system afterwards. */
  export default function ESpeakNg(options: {
    readonly arguments: readonly string[]
    readonly print?: (line: string) => void
    readonly printErr?: (line: string) => void
  }): Promise<{ readonly FS: { readFile(path: string): Uint8Array } }>
}
