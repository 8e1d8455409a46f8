import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Capacity } from './capacity.ts'

type Settings = Readonly<Record<string, unknown>>

/** What became of a measured limit. */
export interface Applied {
  readonly file: string
  readonly value: number
  /** What was set before, if anything. */
  readonly before?: unknown
}

/**
 * Writes the proposed admission limit where the server reads it at its next start; all other settings stay as they are.
 * @param file `vaxel.json` of the server's data folder; made where there is none
 * @returns why it is not written, as a sentence, when the measurement is none to rely on
 */
export async function applyLimit(file: string, { proposal, warnings }: Capacity): Promise<Applied | string> {
  if (!proposal) return 'Not written: not one call with audio was clean. Run it again when the machine is quiet.'
  const [disturbed] = warnings
  if (disturbed !== undefined)
    return `Not written: ${disturbed}. Run it again when the machine is quiet, or set it yourself.`
  const settings = await readSettings(file)
  const before = settings[proposal.setting]
  await replace(file, `${JSON.stringify({ ...settings, [proposal.setting]: proposal.value }, undefined, 2)}\n`)
  return { file, value: proposal.value, ...(before === undefined ? {} : { before }) }
}

/** Settings of a file; none where there is no file. Rejects with a sentence when it cannot be read. */
export async function readSettings(file: string): Promise<Settings> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw new Error(`${file} cannot be read: ${error.message}.`)
  })
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    parsed = undefined
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Error(`${file} is not a JSON object. Mend it first; nothing was measured or changed.`)
  return parsed as Settings
}

/** Whole or not at all, readable by those who could read it before. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const mode = await stat(file).then(
    (found) => found.mode & 0o777,
    () => 0o600,
  )
  const beside = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await using made = await open(beside, 'wx', 0o600)
    await made.writeFile(text)
    await made.sync()
    await chmod(beside, mode)
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}
