import { type OperationReply, readCentre, replayCentreDay } from '@vaxel/contract'
import type { ApiClient } from '../../api-client.ts'
import { type Command, tell, textOf, type Typed } from '../../command.ts'
import { exitCodes, Failure } from '../../failure.ts'
import { duration, table } from '../../output.ts'

type Replay = OperationReply<typeof replayCentreDay>
type ReplayedQueue = Replay['queues'][number]
type Outcome = ReplayedQueue['was']

/** `2026-11-21`, `today`, `yesterday` by the clock of this machine. */
function dayOf(text: string): string {
  const at = new Date()
  if (text === 'yesterday') at.setDate(at.getDate() - 1)
  const two = (value: number): string => String(value).padStart(2, '0')
  if (text === 'today' || text === 'yesterday')
    return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text
  throw new Failure(`"${text}" is no day. Write it like 2026-11-21, or today, or yesterday.`, exitCodes.usage)
}

function agentsOf(typed: Typed): { readonly agents?: number } {
  const text = textOf(typed, 'agents')
  if (text === undefined) return {}
  if (!/^[+-]?\d{1,4}$/.test(text))
    throw new Failure(`"${text}" is no number of agents. Write --agents +2, or --agents=-1 for fewer.`, exitCodes.usage)
  return { agents: Number(text) }
}

function levelOf(typed: Typed): { readonly level?: { readonly percent: number; readonly seconds: number } } {
  const text = textOf(typed, 'level')
  if (text === undefined) return {}
  const [, percent, seconds] = /^(\d{1,2})\/(\d{1,4})$/.exec(text) ?? []
  if (percent === undefined)
    throw new Failure(`"${text}" is no service level. Write 80/20 for 80 % within 20 seconds.`, exitCodes.usage)
  return { level: { percent: Number(percent), seconds: Number(seconds) } }
}

async function queueOf(api: ApiClient, typed: Typed): Promise<{ readonly queueId?: string }> {
  const wanted = textOf(typed, 'queue')
  if (wanted === undefined) return {}
  const { centre } = await api.call(readCentre, {})
  const queues = centre?.queues ?? []
  const found = queues.find(({ id, name }) => id === wanted || name === wanted)
  if (found) return { queueId: found.id }
  throw new Failure(`There is no queue ${wanted}: ${queues.map(({ name }) => name).join(', ')}.`)
}

function intervalOf(typed: Typed): { readonly interval?: 'quarter' | 'half' | 'hour' } {
  const text = textOf(typed, 'interval')
  if (text === undefined) return {}
  const interval = ({ '15': 'quarter', '30': 'half', '60': 'hour' } as const)[text]
  if (!interval) throw new Failure(`Intervals are 15, 30 or 60 minutes, not ${text}.`, exitCodes.usage)
  return { interval }
}

const percent = (share: number | undefined): string => (share === undefined ? '' : `${Math.round(share * 100)} %`)

const cells = ({ counts, figures }: Outcome): readonly string[] => [
  String(counts.answered),
  String(counts.abandoned),
  percent(figures.serviceLevel),
  duration(figures.averageWaitMs),
  counts.longestMs === 0 ? '' : duration(counts.longestMs),
]

const columns = ['ANSWERED', 'LEFT', 'IN TIME', 'WAIT', 'LONGEST']

/** `08:30` on the wall of the company. */
const clockIn = (timeZone: string, iso: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(iso))

function sayQueue({ timeZone }: Replay, queue: ReplayedQueue): string {
  const { name, level, was, unchanged, simulated } = queue
  const totals = table(
    ['', 'CAME', ...columns],
    [
      ['as it was', String(was.counts.arrived), ...cells(was)],
      ['simulated, nothing changed', String(unchanged.counts.arrived), ...cells(unchanged)],
      ['simulated, with the changes', String(simulated.counts.arrived), ...cells(simulated)],
    ],
  )
  const rows = queue.intervals
    .filter((interval) => interval.was.counts.arrived > 0 || interval.simulated.counts.arrived > 0)
    .map(({ from, was: then, simulated: now, erlang }) => [
      clockIn(timeZone, from),
      String(then.counts.arrived),
      then.agents.toFixed(1),
      percent(then.figures.serviceLevel),
      duration(then.figures.averageWaitMs),
      now.agents.toFixed(1),
      percent(now.figures.serviceLevel),
      duration(now.figures.averageWaitMs),
      erlang ? percent(erlang.serviceLevel) : '',
      erlang ? (erlang.isStable ? duration((erlang.averageWaitSeconds ?? 0) * 1000) : 'endless') : '',
      erlang?.needed === undefined ? '' : String(erlang.needed),
    ])
  const intervals = table(
    ['FROM', 'CAME', 'AGENTS', 'IN TIME', 'WAIT', 'AGENTS', 'IN TIME', 'WAIT', 'ERLANG C', 'WAIT', 'NEEDED'],
    rows,
  )
  return `${name}: ${level.percent} % within ${level.seconds} s\n\n${totals}\n\n${intervals}`
}

function say(replay: Replay): string {
  const { day, arrivals, agentsThen, agentsNow, queues } = replay
  const people = agentsThen === agentsNow ? `${agentsThen} agents` : `${agentsThen} agents then, ${agentsNow} now`
  const head = `${day}: ${arrivals} customers, ${people}.`
  if (queues.length === 0) return `${head}\nNobody came to a queue on this day.`
  return [head, ...queues.map((queue) => sayQueue(replay, queue))].join('\n\n')
}

/** What a day would have been with other agents. */
export const acdReplayCommands: readonly Command[] = [
  {
    name: 'acd replay',
    words: ['DAY'],
    options: {
      agents: { value: 'NUMBER', about: '+2: two more, all day, who can do everything; =-1: one fewer' },
      queue: { value: 'NAME', about: 'of this queue alone; agents come or go there' },
      level: { value: 'PERCENT/SECONDS', about: 'another promise: 80/20' },
      interval: { value: 'MINUTES', about: '15, 30 or 60; 30 if absent' },
      draft: { about: 'with the draft of the contact centre instead of what is published' },
    },
    summary: 'a day of the contact centre once more, with other agents, another promise or the draft',
    details:
      'Customers of the day go through the dispatcher again. The second line of each queue shows how far the simulation can be believed; Erlang C stands beside each interval.',
    async run(typed, running) {
      const body = {
        day: dayOf(typed.words.day!),
        ...agentsOf(typed),
        ...levelOf(typed),
        ...intervalOf(typed),
        ...(await queueOf(running.api, typed)),
        ...(typed.options.draft === true ? { draft: true } : {}),
      }
      tell(running, await running.api.call(replayCentreDay, { body }), say)
    },
  },
]
