import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** The folder for names that people say before they come in; what a killed process left there is removed. */
export async function emptyNamesFolder(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, 'conference-names')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}
