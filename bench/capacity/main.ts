/** `vaxel bench` in a process of its own: `node bench/capacity/main.ts [--json] [--seconds N] [--url URL] [--apply FILE]`. */
import { parseArgs } from 'node:util'
import { applyLimit, readSettings } from './apply-limit.ts'
import { appliedText, cardText } from './card.ts'
import { measureCapacity } from './measure-capacity.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seconds: { type: 'string' },
    url: { type: 'string' },
    apply: { type: 'string' },
  },
})
// Server, load and data are ended and removed with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

/** Live calls on the server of this machine, if there is one. */
async function liveCalls(url: string): Promise<number> {
  try {
    const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(2_000) })
    return Number(/^vaxel_calls (\d+)/m.exec(await answer.text())?.[1] ?? 0)
  } catch {
    return 0
  }
}

async function run(): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  // What cannot be written later is said before minutes are spent on it.
  if (values.apply !== undefined) await readSettings(values.apply)
  const calls = await liveCalls(values.url ?? 'http://127.0.0.1:8080')
  const warning = `${calls} live calls were on this machine: they may have suffered, and the figures are too low`
  if (calls > 0) say(`Warning: ${warning}. Ctrl-C stops.`)
  const capacity = await measureCapacity(
    Number(values.seconds ?? 120),
    (line) => say(`bench: ${line} …`),
    calls > 0 ? [warning] : [],
  )
  const applied = values.apply === undefined ? undefined : await applyLimit(values.apply, capacity)
  const told = { ...capacity, ...(applied === undefined ? {} : { applied }) }
  const card = [cardText(capacity), ...(applied === undefined ? [] : ['', appliedText(applied)])].join('\n')
  process.stdout.write(`${values.json ? JSON.stringify(told, undefined, 2) : card}\n`)
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
