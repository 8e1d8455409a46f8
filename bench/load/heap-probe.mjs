// Loaded into every thread of a measured server: for each line on standard input all of them collect their garbage, then
// the main thread prints what is left, as one line of JSON.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { BroadcastChannel, isMainThread } from 'node:worker_threads'

/** Workers have it done by then; there is nobody to wait for, as some of them may have ended. */
const collectedAfterMs = 1_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
const channel = new BroadcastChannel('vaxel-heap-probe')
channel.unref()
const collectAll = () => {
  for (let i = 0; i < 3; i++) collect()
}
channel.onmessage = collectAll
if (isMainThread) {
  process.stdin.on('data', () => {
    channel.postMessage('collect')
    setTimeout(() => {
      collectAll()
      const { heapUsed, external, rss } = process.memoryUsage()
      process.stdout.write(`memory ${JSON.stringify({ heapUsed, external, rss })}\n`)
    }, collectedAfterMs)
  })
  process.stdin.unref()
}
