import { constants, setPriority } from 'node:os'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Command, type Running, tell, textOf, type Typed } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'
import { fields } from '../output.ts'
import { programVersion } from '../program-version.ts'
import { readSecret } from '../read-password.ts'

type Backups = Awaited<ReturnType<typeof loadBackups>>
type Manifest = Awaited<ReturnType<Backups['verifyBackup']>>

const loadBackups = async () => await (await import('@vaxel/store')).loadBackups()

const passphraseOptions = {
  'passphrase-file': { value: 'FILE', about: 'its first line is the passphrase (or VAXEL_BACKUP_PASSPHRASE)' },
} as const

/** The passphrase, if one is wanted: from a file, the environment, or asked for. */
async function passphraseOf(typed: Typed, { environment }: Running, isAsked: boolean): Promise<string | undefined> {
  const file = textOf(typed, 'passphrase-file')
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      throw new Failure(`The passphrase cannot be read from ${file}: ${(error as Error).message}.`)
    })
    return text.split(/\r?\n/, 1)[0]
  }
  if (environment.VAXEL_BACKUP_PASSPHRASE) return environment.VAXEL_BACKUP_PASSPHRASE
  return isAsked ? await readSecret('Passphrase: ') : undefined
}

/** Where the server has its data: the option, the environment, the configuration file in the folder. */
async function placeOf(typed: Typed, environment: NodeJS.ProcessEnv) {
  const folder = resolve(textOf(typed, 'data') ?? (environment.VAXEL_DATA || './data'))
  const told = textOf(typed, 'database') ?? (environment.VAXEL_DATABASE_URL || undefined)
  if (told !== undefined) return { folder, databaseUrl: told }
  const text = await readFile(join(folder, 'vaxel.json'), 'utf8').catch(() => '{}')
  const { databaseUrl } = settingsIn(text, join(folder, 'vaxel.json'))
  return { folder, ...(typeof databaseUrl === 'string' ? { databaseUrl } : {}) }
}

function settingsIn(text: string, file: string): { databaseUrl?: unknown } {
  try {
    return (JSON.parse(text) ?? {}) as { databaseUrl?: unknown }
  } catch (error) {
    throw new Failure(
      `${file} cannot be read as JSON (${(error as Error).message}), so it is not known where the database is. Mend it, or name the database with --database.`,
      exitCodes.usage,
    )
  }
}

/** Runs what may throw a BackupFault, whose sentence is for the person. */
async function withSentences<T>({ BackupFault }: Backups, work: () => Promise<T>): Promise<T> {
  // Calls come first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  try {
    return await work()
  } catch (error) {
    if (error instanceof BackupFault) throw new Failure(error.message)
    if (error instanceof Error && /cannot be reached/.test(error.message))
      throw new Failure(error.message, exitCodes.unreachable)
    throw error
  }
}

const size = (bytes: number): string =>
  bytes < 10_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

/** Tells where it is, at most once in so many milliseconds. */
function progressTo({ out, json }: Running, everyMs = 2000): (text: string) => void {
  let toldAtMs = performance.now()
  return (text) => {
    if (json || performance.now() - toldAtMs < everyMs) return
    toldAtMs = performance.now()
    out.note(text)
  }
}

const manifestFields = (manifest: Manifest): [string, string][] => {
  const rows = (table: string): string =>
    String(manifest.parts.find(({ name }) => name === `tables/${table}`)?.rows ?? 0)
  return [
    ['made', `${manifest.createdAt} by Vaxel ${manifest.program}, schema version ${manifest.schemaVersion}`],
    ['from', manifest.database],
    ['users', rows('users')],
    ['calls', rows('calls')],
    ['events', rows('events')],
    ['recordings', String(manifest.parts.filter(({ name }) => name.startsWith('files/recordings/')).length)],
    ['secrets in it', manifest.secrets.join('; ') || 'none'],
  ]
}

async function make(typed: Typed, running: Running): Promise<void> {
  const backups = await loadBackups()
  const isAsked = typed.options.encrypt === true
  const passphrase = await passphraseOf(typed, running, isAsked)
  const progress = progressTo(running)
  const made = await withSentences(backups, async () =>
    backups.backUp({
      ...(await placeOf(typed, running.environment)),
      to: typed.words.file!,
      ...(passphrase === undefined ? {} : { passphrase }),
      program: programVersion,
      nowMs: Date.now(),
      onProgress: ({ part, bytes }) => progress(`${size(bytes)}  ${part}`),
    }),
  )
  const gaps = made.manifest.events ? backups.gapsIn(made.manifest.events) : 0
  if (gaps > 0) running.out.note(`The ledger lacks ${gaps} numbers of events; the backup is as the ledger is.`)
  tell(running, { ...made, isEncrypted: passphrase !== undefined }, ({ file, sizeBytes, manifest }) =>
    fields([
      ['file', `${file} (${size(sizeBytes)}, ${passphrase === undefined ? 'not encrypted' : 'encrypted'})`],
      ...manifestFields(manifest),
    ]),
  )
  if (passphrase === undefined && !running.json)
    running.out.note('Whoever reads this file can read all that. Keep it like a key, or make it with --encrypt.')
}

async function verify(typed: Typed, running: Running): Promise<void> {
  const backups = await loadBackups()
  const passphrase = await passphraseOf(typed, running, false)
  const file = typed.words.file!
  const manifest = await withSentences(backups, () => backups.verifyBackup(file, passphrase))
  tell(running, { file, manifest }, () => fields([['whole', file], ...manifestFields(manifest)]))
}

async function restore(typed: Typed, running: Running): Promise<void> {
  const backups = await loadBackups()
  const into = textOf(typed, 'into')
  if (into === undefined || /^postgres(ql)?:/.test(into))
    throw new Failure(
      'Name the new data folder with --into FOLDER, and an empty database with --database URL if it shall be PostgreSQL.',
      exitCodes.usage,
    )
  const passphrase = await passphraseOf(typed, running, false)
  const databaseUrl = textOf(typed, 'database')
  const progress = progressTo(running)
  const restored = await withSentences(backups, () =>
    backups.restoreBackup({
      file: typed.words.file!,
      into,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(passphrase === undefined ? {} : { passphrase }),
      nowMs: Date.now(),
      onProgress: progress,
    }),
  )
  for (const remark of restored.remarks) running.out.note(remark)
  const start = `VAXEL_DATA=${restored.folder}${databaseUrl === undefined ? '' : ' VAXEL_DATABASE_URL=…'} npm start`
  tell(running, restored, ({ folder, manifest }) =>
    [fields([['restored', folder], ...manifestFields(manifest)]), '', `Start a server on it with: ${start}`].join('\n'),
  )
}

export const backupCommands: readonly Command[] = [
  {
    name: 'backup',
    words: ['FILE'],
    options: {
      data: { value: 'FOLDER', about: 'the data folder (or VAXEL_DATA; default ./data)' },
      database: { value: 'URL', about: "postgres://… (or VAXEL_DATABASE_URL, or the folder's vaxel.json)" },
      encrypt: { about: 'with a passphrase, asked for unless it is given' },
      ...passphraseOptions,
      verify: { about: 'make none: read FILE and check all that is in it' },
    },
    summary: 'database, recordings, keys and settings in one file, while the server runs',
    details: [
      'FILE is a new file, or a folder in which one is named by the time. It appears once it is whole, readable by its',
      'owner alone. A running server need not be told; run it as the user that the server runs as. Calls that go on are in',
      'it as they were at that moment, and end there when it is restored.',
      'A passphrase (scrypt, AES-256-GCM) is used wherever one is given. There is no way back without it.',
    ].join('\n'),
    run: (typed, running) => (typed.options.verify === true ? verify(typed, running) : make(typed, running)),
  },
  {
    name: 'restore',
    words: ['FILE'],
    options: {
      into: { value: 'FOLDER', about: 'the new data folder: not there yet, or empty' },
      database: { value: 'URL', about: 'postgres://… of an empty database; without it, a file in the folder' },
      ...passphraseOptions,
    },
    summary: 'a backup into a new folder or database, checked before it is there',
    details:
      'A backup of one kind of database can be restored into the other. What fails leaves neither folder nor tables.',
    run: restore,
  },
]
