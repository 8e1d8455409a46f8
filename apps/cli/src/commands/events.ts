import { listEvents } from '@vaxel/contract'
import { type Command, type Running, tell, textOf } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'
import { localTime, printable } from '../output.ts'

interface ToldEvent {
  readonly number: number
  readonly at: string
  readonly kind: string
  readonly callId?: string
  readonly data: Record<string, unknown>
}

const reconnectAfterMs = 1000

const eventLine = ({ number, at, kind, callId, data }: ToldEvent): string =>
  [number, localTime(at), kind, callId ?? '', printable(JSON.stringify(data))].filter((part) => part !== '').join('  ')

/** One connection to the stream; resolves with the last number and why it ended. */
function follow(
  running: Running,
  after: number | undefined,
): Promise<{ last: number | undefined; opened: boolean; reason: string; code: number }> {
  const { api, out, json, signal } = running
  const query = new URLSearchParams()
  if (after !== undefined) query.set('after', String(after))
  if (api.companyId !== undefined) query.set('companyId', api.companyId)
  const url = `${api.url.replace(/^http/, 'ws')}/api/v1/events?${query}`
  return new Promise((resolve) => {
    let last = after
    let opened = false
    const socket = new WebSocket(url, ['vaxel.events.v1', `bearer.${api.token}`])
    const stop = () => socket.close()
    signal.addEventListener('abort', stop, { once: true })
    socket.onopen = () => {
      opened = true
    }
    socket.onmessage = ({ data }) => {
      const text = String(data)
      const event = JSON.parse(text) as ToldEvent
      last = event.number
      out.line(json ? text : eventLine(event))
    }
    socket.onclose = ({ code, reason }) => {
      signal.removeEventListener('abort', stop)
      resolve({ last, opened, reason, code })
    }
  })
}

const policyViolation = 1008

async function followForever(running: Running, from: number | undefined): Promise<void> {
  const { api, signal, out } = running
  if (api.token === undefined)
    throw new Failure(`You are not logged in at ${api.url}. Run: vaxel login NAME@DOMAIN`, exitCodes.notLoggedIn)
  for (let after = from; !signal.aborted; ) {
    const { last, opened, reason, code } = await follow(running, after)
    if (signal.aborted) return
    if (!opened)
      throw new Failure(
        `The event stream of ${api.url} does not open. Is the server there, are you logged in?`,
        exitCodes.unreachable,
      )
    if (code === policyViolation) throw new Failure(reason || 'The login has ended.', exitCodes.notLoggedIn)
    after = last
    out.note(`The stream was cut (${reason || code}); connecting again.`)
    await new Promise<void>((resolve) => setTimeout(resolve, reconnectAfterMs))
  }
}

export const eventCommands: readonly Command[] = [
  {
    name: 'events',
    options: {
      follow: { about: 'stay and print what happens, until Ctrl-C' },
      after: { value: 'NUMBER', about: 'begin after this number' },
      limit: { value: 'NUMBER', about: 'without --follow: how many; 200 by default' },
    },
    summary: 'the ledger, one event a line',
    async run(typed, running) {
      const text = textOf(typed, 'after')
      const after = text === undefined ? undefined : Number(text)
      if (after !== undefined && !Number.isSafeInteger(after))
        throw new Failure('--after takes the number of an event.', exitCodes.usage)
      if (typed.options.follow) return followForever(running, after)
      const limit = textOf(typed, 'limit')
      const { items } = await running.api.call(listEvents, {
        query: {
          ...(after === undefined ? {} : { after }),
          ...(limit === undefined ? {} : { limit: Number(limit) }),
        },
      })
      tell(running, items, (events) => events.map((event) => eventLine(event as ToldEvent)).join('\n'))
    },
  },
]
