import { join } from 'node:path'
import { makePushKeys, type PushKeys } from '@vaxel/connect'
import { keptSecret } from './kept-secret.ts'

/** The keys by which push services know this server, made on first use; without them browsers subscribe anew. */
export const pushKeys = (folder: string): Promise<PushKeys> =>
  keptSecret({
    path: join(folder, 'push-keys.json'),
    read: (content) => {
      try {
        const { publicKey, privateKey } = JSON.parse(content.toString()) as Partial<PushKeys>
        return publicKey && privateKey ? { publicKey, privateKey } : undefined
      } catch {
        return undefined
      }
    },
    make: makePushKeys,
    write: (keys) => Buffer.from(JSON.stringify(keys)),
  })
