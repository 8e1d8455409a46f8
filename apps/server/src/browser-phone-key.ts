import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { keptSecret } from './kept-secret.ts'

const bytes = 32

/**
 * The key of browsers' SIP credentials, made on first use and readable by nobody else. It is not in backups, and a damaged
 * one is made anew: what is made with it counts for hours only.
 */
export const browserPhoneKey = (folder: string): Promise<Buffer> =>
  keptSecret({
    path: join(folder, 'browser-phones.key'),
    read: (content) => (content.length === bytes ? content : undefined),
    make: () => randomBytes(bytes),
    write: (key) => key,
  })
