import { readFile, writeFile } from 'node:fs/promises'
import { exitCodes, Failure } from '../failure.ts'

/** What a file holds that `show --json` wrote, and of which state of the server's draft it was made. */
export interface DraftFile<T> {
  /** Its shape is checked by the server, which lists every mistake. */
  readonly content: T
  /** Absent in files that were written in another way. */
  readonly revision: number | undefined
}

/** @throws a {@link Failure} where it is no JSON or cannot be read */
export async function readDraftFile<T>(file: string): Promise<DraftFile<T>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Failure(`${file} cannot be read: ${(error as Error).message}`, exitCodes.usage)
  })
  try {
    const { revision, ...content } = JSON.parse(text) as { readonly revision?: unknown }
    return { content: content as T, revision: Number.isSafeInteger(revision) ? (revision as number) : undefined }
  } catch (error) {
    throw new Failure(`${file} is no JSON: ${(error as Error).message}`, exitCodes.usage)
  }
}

/** What is shown as JSON: with the revision, so that nobody else's change is overwritten by what is made of it. */
export const withRevision = <T extends object>(revision: number, content: T): T & { readonly revision: number } => ({
  revision,
  ...content,
})

/** The draft is now what the file holds: it is as new as that, and can be changed and sent again. */
export async function noteRevision(file: string, { content, revision }: DraftFile<object>, now: number): Promise<void> {
  if (revision === undefined) return
  await writeFile(file, `${JSON.stringify(withRevision(now, content), undefined, 2)}\n`).catch((error: unknown) => {
    throw new Failure(
      `The draft is kept, but ${file} could not be written: ${(error as Error).message}. Show it anew before the next change.`,
    )
  })
}
