import { parentPort } from 'node:worker_threads'
import { JournalFile } from './journal-file.ts'
import type { JournalReply, JournalRequest } from './journal-messages.ts'

/** The thread that waits for the journal's disk. It answers requests in the order they come. */
const port = parentPort
if (!port) throw new Error('journal-worker runs in a worker thread only')

let file: JournalFile | undefined

function perform(request: JournalRequest): JournalReply {
  const { id } = request
  if (request.op === 'open') {
    const opened = JournalFile.open(request.path, request.sizeBytes)
    file = opened.file
    return { id, found: opened.found }
  }
  let isWritten = true
  if (request.op === 'close') file?.close()
  else if (!file) throw new Error('the journal is not open')
  else if (request.op === 'append') isWritten = file.append(request.text)
  else file.clear()
  return { id, isWritten, usedBytes: file?.usedBytes ?? 0 }
}

port.on('message', (request: JournalRequest) => {
  let reply: JournalReply
  try {
    reply = perform(request)
  } catch (error) {
    reply = { id: request.id, error: error instanceof Error ? error.message : String(error) }
  }
  port.postMessage(reply)
  if (request.op === 'close') port.close()
})
