import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes the data folder where there is none yet. Throws with a sentence for a person. */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
  } catch (error) {
    throw new Error(
      `The data folder ${folder} cannot be made (${(error as Error).message}). Name another place by VAXEL_DATA, or let this user write there.`,
      { cause: error },
    )
  }
}

/** As `mkdir` with `recursive`, which tries for ever where nothing can be made, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error
    await makeFolder(dirname(folder))
    await mkdir(folder, { mode: 0o700 })
  }
}
