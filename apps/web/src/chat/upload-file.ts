import { type Api, ApiFault } from '../api/api.ts'
import type { PageClock } from '../app/app.ts'
import type { SentFile } from './outbox.ts'

const pieceBytes = 8 * 65_536
const mostTries = 8

/** The part of a browser's File that is used here. */
export interface LocalFile {
  readonly name: string
  readonly size: number
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

/**
 * Sends a file piece by piece; after a lost connection it goes on where the server has it. Rejects when the server refuses
 * it, does not come back, or the signal says so.
 * @param onProgress 0 to 1
 */
export async function uploadFile(options: {
  readonly api: Api
  readonly clock: PageClock
  readonly conversationId: string
  readonly file: LocalFile
  readonly onProgress: (ratio: number) => void
  readonly signal: AbortSignal
}): Promise<SentFile> {
  const { api, clock, conversationId, file, onProgress, signal } = options
  const begun = await api.call(
    'beginChatFile',
    { params: { conversationId }, body: { name: file.name || 'file', sizeBytes: file.size } },
    { signal },
  )
  const params = { conversationId, fileId: begun.id }
  let offset = 0
  let failures = 0
  for (;;) {
    signal.throwIfAborted()
    try {
      const body = new Uint8Array(await file.slice(offset, offset + pieceBytes).arrayBuffer())
      const state = await api.call('sendChatFilePiece', { params, query: { offset }, body }, { signal })
      if (state.file) return state.file
      offset = state.uploadedBytes
      failures = 0
      onProgress(offset / file.size)
    } catch (error) {
      const isLost = error instanceof ApiFault && (error.isPassing || error.code === 'CHAT_WRONG_PLACE_IN_FILE')
      if (!isLost || ++failures > mostTries) throw error
      await new Promise<void>((resolve) => void clock.startTimer(Math.min(15_000, 500 * 2 ** failures), resolve))
      const state = await api.call('readChatUpload', { params }, { signal }).catch(() => undefined)
      if (state?.file) return state.file
      offset = state?.uploadedBytes ?? offset
    }
  }
}
