import { parentPort } from 'node:worker_threads'
import { readMail } from './read-mail.ts'

parentPort?.on('message', ({ id, source }: { id: number; source: Uint8Array }) => {
  void readMail(source).then((mail) => parentPort?.postMessage({ id, mail }))
})
