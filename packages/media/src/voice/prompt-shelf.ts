import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, readdir, stat, unlink } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Clock, Logger, Timer } from '@vaxel/base'
import { type Language, sayableName } from '@vaxel/core'
import { sentences } from '../play/sentences/index.ts'
import type { SpeakAnswer, SpeakRequest } from './speak-request.ts'

export interface PromptShelfOptions {
  readonly clock: Clock
  readonly log: Logger
  /** Somebody's own recordings, `LANGUAGE/NAME.wav`; they go before what is made. */
  readonly ownFolder: string
  /** Where made sentences are kept; the package's `dist` if absent. */
  readonly madeFolder?: string
  /** Where names are kept that people gave; beside what is made if absent. */
  readonly namesFolder?: string
  /** Somebody telephones: what nobody waits for is made later. */
  isBusy?(): boolean
}

/** The voice, in a process of its own. */
interface Voice {
  say(request: SpeakRequest): void
  /** Resolves when its process is gone. */
  close(): Promise<void>
}

/** The voice is let go after so long without work. */
const idleMs = 15_000
/** When a server has settled, what is missing is made without haste. */
const settledMs = 20_000
/** While somebody telephones it is looked again after so long. */
const busyMs = 5_000
/** So many names are kept in a language; the oldest goes first, and is made anew when it is needed. */
const mostNames = 500
const languages: readonly Language[] = ['en', 'sv', 'fr']
/** Must be heard before anything else is: there is no time to make it when the first call is recorded. */
const heardFirst = 'call-is-recorded'
const speaker = fileURLToPath(new URL('./speak.ts', import.meta.url))
const shippedFolder = fileURLToPath(new URL('../play/prompts/', import.meta.url))
const builtFolder = fileURLToPath(new URL('../../dist/prompts/', import.meta.url))

const isThere = async (path: string): Promise<boolean> =>
  await access(path).then(
    () => true,
    () => false,
  )

/** What a sentence's sound is called that the voice made: it changes with its text. */
function madeName(name: string, language: Language): string | undefined {
  const text = sentences[name]?.[language]
  if (text === undefined) return undefined
  return `${name}-${createHash('sha256').update(`1 ${text}`).digest('hex').slice(0, 10)}.wav`
}

/**
 * The sound of every sentence: somebody's own recording, else what is delivered, else what the voice makes of its text. A sentence that
 * nobody has needed yet is made when it is asked for, in a process of its own (a tenth of a second), and kept under a name that
 * changes with its text. Closing ends the voice.
 */
export class PromptShelf {
  readonly #options: PromptShelfOptions
  readonly #found = new Map<string, string>()
  readonly #making = new Map<string, { readonly made: Promise<boolean>; readonly end: (isMade: boolean) => void }>()
  #voice: Voice | undefined
  /** The voice that was let go last is. */
  #gone: Promise<void> = Promise.resolve()
  #idle: Timer | undefined
  #filling: Timer | undefined
  #endPause: (() => void) | undefined
  #isClosed = false

  constructor(options: PromptShelfOptions) {
    this.#options = options
  }

  /** File of a sentence in a language; undefined for a name that nobody knows, or when there is no voice to say it. */
  async path(name: string, language: Language): Promise<string | undefined> {
    const key = `${language}/${name}`
    const known = this.#found.get(key)
    if (known !== undefined) return known
    const path = await this.#find(name, language)
    if (path !== undefined) this.#found.set(key, path)
    return path
  }

  /**
   * File of a name that somebody gave (a queue's), read aloud; see `sayableName` for what of it is read.
   * @returns undefined for one without words (a number is said by its digits), or when there is no voice to say it
   */
  async namePath(name: string, language: Language): Promise<string | undefined> {
    const sayable = sayableName(name, language)
    if (sayable?.kind !== 'words') return undefined
    const { text } = sayable
    const { madeFolder = builtFolder, namesFolder = join(madeFolder, 'names') } = this.#options
    const folder = join(namesFolder, language)
    const file = join(folder, `${createHash('sha256').update(`1 ${text}`).digest('hex').slice(0, 32)}.wav`)
    if (await isThere(file)) return file
    if (!(await this.#make({ file, language, text }))) return undefined
    await dropOldest(folder, mostNames)
    return file
  }

  /** Makes what is still missing, one after another, once the server has settled; what must not be late at once. */
  fillWhenSettled(): void {
    for (const language of languages) void this.path(heardFirst, language)
    this.#filling ??= this.#options.clock.startTimer(settledMs, () => void this.fill())
  }

  /** Makes all sentences that are missing, while nobody telephones. @returns how many could not be made */
  async fill(): Promise<number> {
    let missing = 0
    for (const language of languages) {
      const there = await this.#filesOf(language)
      for (const name of Object.keys(sentences)) {
        if (there.has(`${name}.wav`) || there.has(madeName(name, language) ?? '')) continue
        while (!this.#isClosed && this.#options.isBusy?.()) await this.#pause()
        if (this.#isClosed) return missing
        if ((await this.path(name, language)) === undefined) missing++
      }
    }
    return missing
  }

  /** Resolves when no process of it is left. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#filling?.stop()
    this.#endPause?.()
    this.#letGo()
    await this.#gone
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#endPause = resolve
      this.#filling = this.#options.clock.startTimer(busyMs, resolve)
    })
  }

  async #find(name: string, language: Language): Promise<string | undefined> {
    if (!/^[a-z0-9-]+$/.test(name)) return undefined
    const { ownFolder, madeFolder = builtFolder } = this.#options
    for (const folder of [ownFolder, shippedFolder]) {
      const path = join(folder, language, `${name}.wav`)
      if (await isThere(path)) return path
    }
    const text = sentences[name]?.[language]
    const made = madeName(name, language)
    if (text === undefined || made === undefined) return undefined
    const file = join(madeFolder, language, made)
    if ((await isThere(file)) || (await this.#make({ file, language, text }))) return file
    return undefined
  }

  /** All at once: looking for some thousand files one by one is felt by calls. */
  async #filesOf(language: Language): Promise<ReadonlySet<string>> {
    const { ownFolder, madeFolder = builtFolder } = this.#options
    const folders = [ownFolder, shippedFolder, madeFolder].map((folder) => join(folder, language))
    return new Set((await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])))).flat())
  }

  async #make(request: SpeakRequest): Promise<boolean> {
    if (this.#isClosed) return false
    const running = this.#making.get(request.file)
    if (running) return await running.made
    let end: (isMade: boolean) => void = () => {}
    const made = new Promise<boolean>((resolve) => {
      end = resolve
    })
    this.#making.set(request.file, { made, end })
    this.#idle?.stop()
    this.#voice ??= this.#startVoice()
    this.#voice.say(request)
    return await made
  }

  #startVoice(): Voice {
    const child = spawn(process.execPath, ['--no-warnings', speaker], { stdio: ['pipe', 'pipe', 'ignore'] })
    // Calls go before sentences that are yet to be read.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    const gone = new Promise<void>((resolve) => {
      child.on('exit', resolve)
      child.on('error', () => resolve())
    })
    const voice = {
      say: (request: SpeakRequest) => void child.stdin.write(`${JSON.stringify(request)}\n`),
      close: async () => {
        child.kill()
        await gone
      },
    }
    child.stdin.on('error', () => {})
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { file, problem } = JSON.parse(line) as SpeakAnswer
      if (problem !== undefined) this.#options.log.error('a prompt could not be made', { file, problem })
      this.#making.get(file)?.end(problem === undefined)
      this.#making.delete(file)
      if (this.#making.size === 0) this.#idle = this.#options.clock.startTimer(idleMs, () => this.#letGo())
    })
    const over = (): void => {
      if (this.#voice !== voice) return
      this.#voice = undefined
      if (this.#making.size > 0) this.#options.log.error('the voice for prompts ended', { waiting: this.#making.size })
      this.#dropWaiting()
    }
    child.on('error', over)
    child.on('close', over)
    return voice
  }

  #letGo(): void {
    this.#idle?.stop()
    this.#idle = undefined
    const voice = this.#voice
    this.#voice = undefined
    if (voice) this.#gone = voice.close()
    this.#dropWaiting()
  }

  #dropWaiting(): void {
    for (const { end } of this.#making.values()) end(false)
    this.#making.clear()
  }
}

/** Removes the oldest files of a folder until no more than so many are there. */
async function dropOldest(folder: string, most: number): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  if (names.length <= most) return
  const paths = names.map((name) => join(folder, name))
  const aged = await Promise.all(
    paths.map(async (path) => ({
      path,
      madeMs: await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    })),
  )
  const old = aged.toSorted((a, b) => a.madeMs - b.madeMs).slice(0, names.length - most)
  await Promise.all(old.map(({ path }) => unlink(path).catch(() => {})))
}
