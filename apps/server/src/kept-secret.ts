import { open, readFile, rename } from 'node:fs/promises'

/**
 * A secret in a file that only its owner may read; made when it is not there, or when what is there is unsound, as a
 * disk that failed may leave it. It is whole on the disk before it is used. Where nothing can be written, it lasts as long as the process.
 */
export async function keptSecret<T>(options: {
  readonly path: string
  /** Undefined for what is unsound. */
  readonly read: (content: Buffer) => T | undefined
  readonly make: () => T
  readonly write: (secret: T) => Buffer
}): Promise<T> {
  const { path, read, make, write } = options
  const content = await readFile(path).catch(() => undefined)
  const known = content && read(content)
  if (known !== undefined) return known
  const made = make()
  const aside = `${path}.${process.pid}`
  try {
    const file = await open(aside, 'w', 0o600)
    try {
      await file.writeFile(write(made))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(aside, path)
  } catch {
    // The data folder's own checks say what is wrong with it.
  }
  return made
}
