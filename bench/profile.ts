import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type CpuProfile, ownTime } from './load/own-time.ts'
import { startMeasured } from './load/vaxel-server.ts'
import { withLoad } from './load/with-load.ts'

/**
 * `node bench/profile.ts calls|registrations [RATE] [SECONDS]`: where the server's time goes under a load, thread by thread, by file and
 * by function, and what each function allocates that lives. The profiles stay in bench/results/profile; browsers' developer tools and
 * speedscope draw them as flame graphs.
 */
const [what = 'calls', rate = '300', seconds = '10'] = process.argv.slice(2)
if ((what !== 'calls' && what !== 'registrations') || !(Number(rate) > 0) || !(Number(seconds) > 0)) {
  process.stderr.write('node bench/profile.ts calls|registrations [RATE] [SECONDS]\n')
  process.exit(2)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const users = 1000
const folder = fileURLToPath(new URL(`results/profile/${what}-${Date.now()}/`, import.meta.url))
mkdirSync(folder, { recursive: true })
const server = await startMeasured({
  users,
  environment: {
    VAXEL_MEDIA_WORKERS: '1',
    NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder} --heap-prof --heap-prof-dir=${folder}`,
  },
})
const step = await withLoad(server, async (load) => {
  await load.ask('registerEach', { from: 0, to: users, rate: 500 })
  const at = { users, rate: Number(rate), seconds: Number(seconds) }
  return what === 'calls' ? await load.ask('callAt', { ...at, by: 'trunk' }) : await load.ask('registerAt', at)
})
process.stdout.write(
  `${step.done} ${what} at ${rate}/s, ${step.failed} failed; ${((step.serverCpuSeconds / Math.max(1, step.done)) * 1000).toFixed(2)} CPU-s per 1,000 (the profiler's own included)\n`,
)
for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
  const { busySeconds, byFile, byFunction } = ownTime(
    JSON.parse(readFileSync(folder + file, 'utf8')) as CpuProfile,
    // Of starting, nothing is to be seen.
    Number(seconds),
  )
  if (busySeconds < 0.05) continue
  process.stdout.write(`\n${file}: ${busySeconds.toFixed(2)} s busy in the last ${seconds} s\n`)
  for (const [name, share] of [...byFile.slice(0, 15), ...byFunction.slice(0, 15)])
    process.stdout.write(`${(share * 100).toFixed(1).padStart(6)} %  ${name}\n`)
}
process.stdout.write(`\nprofiles: ${folder}\n`)
process.exit(0)
