import type { SealHeader } from './sealed-stream.ts'

/**
 * One file: a line that says what it is, the body, and the SHA-256 of both.
 * The body is frames, compressed (Zstandard, RFC 8878), and sealed where a passphrase was given (sealed-stream.ts).
 * A frame is a kind (1 byte), a length (4 bytes, most significant first) and so many bytes. Frames stand in this order:
 * `about`; for each part `begin`, any number of `bytes`, `end`; `manifest` last.
 */
export const firstWord = 'vaxel-backup'
export const formatVersion = 1
export const digestBytes = 32
export const frameKinds = { about: 1, begin: 2, bytes: 3, end: 4, manifest: 5 } as const
export type FrameKind = (typeof frameKinds)[keyof typeof frameKinds]
/** Of one frame; the manifest names every recording. */
export const mostFrameBytes = 256 * 1024 * 1024
/** No header line is longer. */
export const mostHeaderBytes = 4096

/** The first line, after its first word. */
export interface BackupHeader {
  readonly format: number
  readonly seal?: SealHeader
}

/** Told before the parts, so that nothing has to be read of what cannot be used. */
export interface BackupAbout {
  /** Version of the program that made it. */
  readonly program: string
  readonly schemaVersion: number
  readonly database: 'SQLite' | 'PostgreSQL'
  /** ISO 8601. */
  readonly createdAt: string
}

/** A table's rows are lines of JSON, each an array in the order of `columns`. */
export interface PartBegin {
  /** `tables/NAME` or `files/PATH/IN/THE/DATA/FOLDER`. */
  readonly name: string
  readonly columns?: readonly string[]
}

/** A part as the manifest has it. */
export interface ManifestPart {
  readonly name: string
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
  readonly rows?: number
}

export interface EventNumbers {
  readonly first: number
  readonly last: number
  readonly count: number
}

export interface BackupManifest extends BackupAbout {
  readonly parts: readonly ManifestPart[]
  /** Of the ledger; absent where it is empty. Without a gap, `last - first + 1` is `count`. */
  readonly events?: EventNumbers
  /** What in it must not fall into other hands. */
  readonly secrets: readonly string[]
}

export const tablePrefix = 'tables/'
export const filePrefix = 'files/'

/** The database's own file comes from the tables, and who has the folder is decided anew. */
const ofTheDatabase = /^vaxel\.(db|lock|pid)/

/**
 * Whether a path may be a file of a data folder: relative, below it, no special segment, nothing of the database itself.
 * @example isSafePath('recordings/a.wav') // true
 * @example isSafePath('../etc/passwd') // false
 */
export function isSafePath(path: string): boolean {
  if (path.length === 0 || path.length > 1024 || ofTheDatabase.test(path)) return false
  if (path.includes('\\') || [...path].some((character) => character < ' ')) return false
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..')
}

/** How many numbers are missing in the ledger. */
export const gapsIn = ({ first, last, count }: EventNumbers): number => last - first + 1 - count
