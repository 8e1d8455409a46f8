import { setTimeout as sleep } from 'node:timers/promises'
import { cancelDrain, type OperationReply, readStatus, startDrain } from '@vaxel/contract'
import { type Command, type Running, tell, textOf } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'
import { duration, fields, localTime } from '../output.ts'

type Status = OperationReply<typeof readStatus>

const askMs = 1000

const statusFields = ({ state, version, startedAt, uptimeSeconds, calls, registrations, warnings, drain }: Status) =>
  fields([
    ['state', drain ? `${state} since ${localTime(drain.since)}, until ${localTime(drain.endsBy)} at most` : state],
    ['version', version],
    ['started', `${localTime(startedAt)} (${duration(uptimeSeconds * 1000)} ago)`],
    ['calls', String(calls)],
    ['registrations', String(registrations)],
    ...warnings.map((warning): [string, string] => ['warning', warning]),
  ])

/** Until the server has ended; says how many calls are left whenever that changes. */
async function follow({ api, out, json, signal }: Running): Promise<void> {
  let told: number | undefined
  while (!signal.aborted) {
    let status: Status
    try {
      status = await api.call(readStatus)
    } catch (error) {
      if (error instanceof Failure && error.exitCode === exitCodes.unreachable) return
      throw error
    }
    if (status.state === 'running') throw new Failure('The drain was taken back; the server takes new calls.')
    if (status.calls !== told && !json)
      out.note(status.calls === 1 ? '1 call is left' : `${status.calls} calls are left`)
    told = status.calls
    await sleep(askMs, undefined, { signal }).catch(() => {})
  }
}

export const upkeepCommands: readonly Command[] = [
  {
    name: 'status',
    summary: 'what the server does at the moment (operator)',
    async run(_, running) {
      tell(running, await running.api.call(readStatus), statusFields)
    },
  },
  {
    name: 'drain',
    options: {
      limit: { value: 'SECONDS', about: 'end calls that are left after so long (VAXEL_DRAIN_LIMIT by default)' },
      wait: { about: 'come back when the server has ended' },
      cancel: { about: 'take new calls again' },
    },
    summary: 'take no new calls, and end the server when the last one has ended (operator)',
    details:
      'New calls get 503 and Retry-After; emergency calls pass, and calls that go on go on. SIGUSR2 to the server does the same.',
    async run(typed, running) {
      if (typed.options.cancel === true)
        return tell(running, await running.api.call(cancelDrain), () => 'The server takes new calls again.')
      const limit = textOf(typed, 'limit')
      if (limit !== undefined && !/^\d+$/.test(limit))
        throw new Failure('--limit is a whole number of seconds.', exitCodes.usage)
      const status = await running.api.call(startDrain, {
        body: limit === undefined ? {} : { limitSeconds: Number(limit) },
      })
      if (typed.options.wait !== true) return tell(running, status, statusFields)
      await follow(running)
      tell(running, { ended: true }, () => 'The server has ended.')
    },
  },
]
