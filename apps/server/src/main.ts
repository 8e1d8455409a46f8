import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { SteadyClock } from '@vaxel/base'
import { ensureWebBuilt } from '@vaxel/web/build'
import { demoDomain, loadDemoCompany, loadDemoExamples, openStore } from '@vaxel/store'
import { type Configuration, configurationFile, readConfiguration, unknownVariables } from './configuration.ts'
import { demoTable, table } from './demo-table.ts'
import { FaultWatch } from './fault-watch.ts'
import { makeLog } from './log.ts'
import { mayBindLowPorts } from './low-ports.ts'
import { startPlatform } from './platform.ts'
import { ServiceManager } from './service-manager.ts'

const loopback = '127.0.0.1'
const stopLimitMs = 4500
/** One end may be told several times: by the terminal or the machine to all processes, and by the launcher to the server. */
const sameSignalMs = 1000
const isDemo = process.argv.includes('--demo')
// What V8 lays among the old at once, and then dies young, takes all that it leads to with it (decision 0158).
setFlagsFromString('--no-allocation-site-pretenuring')

/** A sentence for the person who started the server, then the end. */
function giveUp(sentences: readonly string[]): never {
  for (const sentence of sentences) process.stderr.write(`vaxel: ${sentence}\n`)
  process.exit(1)
}

/** Whoever reads what is printed may go, and the disk of its file may be full: that ends nothing. */
for (const printed of [process.stdout, process.stderr]) printed.on('error', () => {})

/** From now on there are calls to lose. Before, a fault is the end of the start, with where it happened. */
function outliveFaults(faults: FaultWatch): void {
  for (const origin of ['uncaughtException', 'unhandledRejection'] as const)
    if (process.listenerCount(origin) === 0) process.on(origin, (error: unknown) => faults.note(error, origin))
}

async function configure(): Promise<Configuration> {
  const environment = isDemo ? { VAXEL_DATA: './data/demo', ...process.env } : process.env
  const data = resolve(environment.VAXEL_DATA || './data')
  const path = configurationFile(data)
  let file: Record<string, unknown> = {}
  try {
    file = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      giveUp([`${path} cannot be read: ${(error as Error).message}`])
  }
  const result = readConfiguration(environment, file, !isDemo && (await mayBindLowPorts()))
  return result.ok ? result.configuration : giveUp(result.mistakes)
}

async function run(): Promise<void> {
  const configuration = await configure()
  const log = makeLog(isDemo && process.env['VAXEL_LOG'] === undefined ? 'warn' : configuration.log)
  for (const name of unknownVariables(process.env)) log.warn('this variable is no setting; is it misspelt?', { name })
  const clock = new SteadyClock()
  clock.follow()
  const manager = new ServiceManager({ environment: process.env, clock, log })
  let stop: (signal: string) => void = () => {}
  const asked = new Promise<string>((done) => {
    stop = done
  })
  // SIGHUP comes when the terminal is closed: calls are not cut off for it.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(signal))
  const faults = new FaultWatch({ clock, log, giveUp: (sentence) => giveUp([sentence]) })
  // Without a platform there is no call that could be waited for.
  let drain: () => void = () => stop('SIGUSR2')
  process.on('SIGUSR2', () => drain())
  const stopped = asked.then((signal) => {
    log.info('stopping', { signal })
    manager.stopping()
    // Whatever hangs, the process ends within the five seconds that it has; a second signal does not wait at all.
    setTimeout(
      () => giveUp(['something did not stop in time; the calls were told to the ledger as far as it went']),
      stopLimitMs,
    ).unref()
    const sinceMs = clock.monotonicMs()
    for (const again of ['SIGTERM', 'SIGINT'] as const)
      process.on(again, () => {
        if (clock.monotonicMs() - sinceMs > sameSignalMs) process.exit(1)
      })
  })
  // Calls do not wait for the pages.
  const webFolder = ensureWebBuilt().then(({ folder: built }) => built)
  webFolder.catch((error: unknown) => log.error('the web app could not be built', { error: String(error) }))
  const { data: folder, databaseUrl, journal, journalBytes } = configuration
  const store = await openStore({
    folder,
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(journal === undefined ? {} : { journalFolder: journal }),
    journalBytes,
    clock,
    log,
  })
  try {
    if (isDemo && (await loadDemoCompany(store))) await loadDemoExamples(store)
    // A platform that listens to loopback alone begins anew, on all addresses, once an administrator exists.
    for (let why = 'started'; why !== 'stopped'; ) {
      const hasAdministrator = [...store.directory.companies()].length > 0
      const bind = configuration.bind ?? (isDemo || !hasAdministrator ? loopback : '::')
      const platform = await startPlatform({ configuration, store, bind, isDemo, webFolder, clock, log, faults })
      outliveFaults(faults)
      if (isDemo) {
        const company = store.directory.company(store.directory.domain(demoDomain)!.companyId)
        if (company) process.stdout.write(`${demoTable(store.directory, company, platform.urls)}\n`)
      } else process.stdout.write(`${table(Object.entries(platform.urls)).join('\n')}\n`)
      process.stdout.write(`ready: ${Object.values(platform.urls)[0]}\n`)
      manager.ready()
      drain = () => {
        platform.drain()
        manager.status('Draining: no new calls; ends when the last one has ended')
      }
      platform.drained.then(() => stop('drained')).catch(() => {})
      why = await Promise.race([stopped.then(() => 'stopped'), platform.administratorMade.then(() => 'administrator')])
      await platform.close()
    }
  } finally {
    manager.close()
    clock.close()
    await store.close()
  }
}

run().then(
  () => process.exit(0),
  (error: unknown) => giveUp([error instanceof Error ? error.message : String(error)]),
)
