import { readFileSync } from 'node:fs'
import { threadTimes } from './load/thread-time.ts'
import { startMeasured } from './load/vaxel-server.ts'
import { withLoad } from './load/with-load.ts'

/**
 * `node bench/cost.ts calls|registrations [RATE] [SECONDS]`: CPU of 1,000 calls or registrations, thread by thread, with how often each
 * thread gave its processor up. One line of JSON, for comparing two states of the code in the same minutes.
 */
const [what = 'calls', rate = '200', seconds = '10'] = process.argv.slice(2)
if ((what !== 'calls' && what !== 'registrations') || !(Number(rate) > 0) || !(Number(seconds) > 0)) {
  process.stderr.write('node bench/cost.ts calls|registrations [RATE] [SECONDS]\n')
  process.exit(2)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const switchesOf = (pid: number, thread: string): number => {
  const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8')
  return Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1])
}
const users = 1000
const server = await startMeasured({ users, environment: { VAXEL_MEDIA_WORKERS: '1' } })
const { pid } = server.platform
const look = () =>
  [...threadTimes(pid)].map(([thread, times]) => ({ thread, ...times, switches: switchesOf(pid, thread) }))
const measured = await withLoad(server, async (load) => {
  await load.ask('registerEach', { from: 0, to: users, rate: 500 })
  const run = (lasting: number) => {
    const at = { users, rate: Number(rate), seconds: lasting }
    return what === 'calls' ? load.ask('callAt', { ...at, by: 'trunk' }) : load.ask('registerAt', at)
  }
  await run(8)
  const before = new Map(look().map((one) => [one.thread, one]))
  const step = await run(Number(seconds))
  const per = (value: number): number => Number(((value / Math.max(1, step.done)) * 1000).toFixed(3))
  const threads = look()
    .map(({ thread, name, ...now }) => ({
      name,
      cpu: per(now.seconds - (before.get(thread)?.seconds ?? 0)),
      switches: per(now.switches - (before.get(thread)?.switches ?? 0)),
    }))
    .filter(({ cpu }) => cpu > 0.01)
  return { done: step.done, failed: step.failed, p99Ms: step.p99Ms, cpu: per(step.serverCpuSeconds), threads }
})
process.stdout.write(`${JSON.stringify(measured)}\n`)
process.exit(0)
