import type { ReactNode } from 'react'
import { Badge, Icon } from '../look/index.ts'
import { Ticking } from '../look/ticking.tsx'
import { useFormat, useWords } from '../words/use-words.ts'
import { type AgentInCentre, levelNowOf, type QueueInCentre, statesOf, waitingOf } from './centre-now.ts'
import css from './supervisor.module.css'
import { useSecond } from '../app/use-second.ts'

const shownStates = ['ready', 'busy', 'workingAfterCall', 'notReady', 'loggedOff'] as const

/** One queue at a glance. What is not as promised says so in words and by a sign, not by its colour alone. */
export function QueueCard({
  queue,
  agents,
  clockAheadMs,
  tools,
}: {
  readonly queue: QueueInCentre
  readonly agents: readonly AgentInCentre[]
  readonly clockAheadMs: number
  readonly tools?: ReactNode
}) {
  const { supervisor: words } = useWords()
  const format = useFormat()
  const nowMs = useSecond()
  const { now, levelSeconds, levelPercent } = queue
  const { count, sinceMs } = waitingOf(queue, clockAheadMs)
  const calls = now.waiting.find(({ channel }) => channel === 'call')
  const states = statesOf(agents, queue.id)
  const { counts, figures } = now
  const share = (value: number | undefined) => (value === undefined ? '–' : format.percent(value))
  const isBelow = (value: number | undefined) => value !== undefined && value * 100 < levelPercent
  return (
    <section className={css.queue} aria-label={queue.name}>
      <header className={css.queueHead}>
        <h2>{queue.name}</h2>
        <Badge {...(now.isOpen ? { tone: 'good' as const } : {})}>
          {now.isOpen ? words.open : words.closed}
          {now.isByHand && ` (${words.byHand})`}
        </Badge>
        {tools}
      </header>
      <dl className={css.figures}>
        <Figure label={words.waiting} value={format.number(count)} isLarge isLoud={count > 0} />
        <Figure
          label={words.longestWait}
          value={sinceMs === undefined ? '–' : <Ticking sinceMs={sinceMs} />}
          isLarge
          {...(calls && Date.parse(calls.oldestSince) - clockAheadMs + levelSeconds * 1000 < nowMs
            ? { warning: words.late }
            : {})}
        />
        <Figure
          label={words.levelNow}
          value={share(levelNowOf(queue))}
          {...(isBelow(levelNowOf(queue)) ? { warning: words.below } : {})}
        />
        <Figure
          label={words.levelToday}
          value={share(figures.serviceLevel)}
          {...(isBelow(figures.serviceLevel) ? { warning: words.below } : {})}
        />
        <Figure label={words.figures.arrived} value={format.number(counts.arrived)} />
        <Figure label={words.figures.answered} value={format.number(counts.answered)} />
        <Figure label={words.figures.abandoned} value={format.number(counts.abandoned)} />
        <Figure
          label={words.figures.averageWaitMs}
          value={figures.averageWaitMs === undefined ? '–' : format.duration(figures.averageWaitMs)}
        />
      </dl>
      <p className={css.promise}>
        {words.levelPromise(format.percent(levelPercent / 100), format.duration(levelSeconds * 1000))}
        {now.waiting.length > 1 &&
          ` · ${now.waiting.map((one) => `${words.channels[one.channel]} ${format.number(one.count)}`).join(', ')}`}
      </p>
      <ul className={css.states} aria-label={words.agents}>
        {shownStates.map((state) => (
          <li key={state} className={css[state]}>
            <strong>{format.number(states[state])}</strong> {words.agentStates[state]}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Figure({
  label,
  value,
  isLarge,
  isLoud,
  warning,
}: {
  readonly label: string
  readonly value: ReactNode
  readonly isLarge?: boolean
  readonly isLoud?: boolean
  readonly warning?: string
}) {
  return (
    <div className={css.figure} data-large={isLarge} data-loud={isLoud} data-warning={warning !== undefined}>
      <dt>{label}</dt>
      <dd>
        {value}
        {warning !== undefined && (
          <span className={css.warning}>
            <Icon name="warning" size={14} /> {warning}
          </span>
        )}
      </dd>
    </div>
  )
}
