/** Why a backup could not be made, read or restored: a sentence for the person who asked, with what to do. */
export class BackupFault extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'BackupFault'
  }
}

/** What a file says that is not whole. */
export const damaged = (file: string, what: string, cause?: unknown): BackupFault =>
  new BackupFault(`${file} is cut off or damaged (${what}). Nothing of it was used; take another copy.`, { cause })

/** Faults of the disk as sentences; anything else as it came. */
export function diskFault(error: unknown, place: string): unknown {
  switch ((error as { code?: unknown }).code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLITE_FULL':
      return new BackupFault(
        `The disk of ${place} is full; nothing was kept there. Make room or choose another place.`,
        {
          cause: error,
        },
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new BackupFault(
        `${place} may not be written or read by this user (${(error as Error).message}). Run as the user that the server runs as.`,
        { cause: error },
      )
    default:
      return error
  }
}
