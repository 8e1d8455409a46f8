// Loaded into a measured server: for each line on standard input it collects its garbage and prints what is left, as one line of JSON.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  process.stdin.on('data', () => {
    for (let i = 0; i < 3; i++) collect()
    const { heapUsed, external, rss } = process.memoryUsage()
    process.stdout.write(`memory ${JSON.stringify({ heapUsed, external, rss })}\n`)
  })
  process.stdin.unref()
}
