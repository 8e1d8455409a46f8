import { useEffect, useState } from 'react'
import { Link } from '../app/link.tsx'
import { useApp } from '../app/use-app.ts'
import { constant } from '../base/cell.ts'
import { useValue } from '../base/use-value.ts'
import { Terms } from '../look/index.ts'
import { voicemailServices } from '../voicemail/services.ts'
import { WaitingCalls } from '../telephone/waiting-calls.tsx'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import type { DeskState } from './agent-desk.ts'
import { reasonName } from './reason-name.ts'
import type { AgentFigures } from './work.ts'

const againMs = 30_000
const none = constant(0)

/** The agent's own day: figures, messages, calls to return, hours. */
export function DayPanel({ state }: { readonly state: DeskState }) {
  const words = useWords()
  const { agent } = words
  const format = useFormat()
  const { api, clock } = useApp()
  const unread = useValue(voicemailServices.mailboxes?.unread ?? none)
  const [figures, setFigures] = useState<AgentFigures>()
  const version = state.desk?.version
  useEffect(() => {
    let stop = () => {}
    let isOver = false
    const read = () => {
      // The last figures stay while the server is away.
      api.call('readOwnAgentFigures').then(
        (found) => !isOver && setFigures(found),
        () => {},
      )
      stop = clock.startTimer(againMs, read)
    }
    read()
    return () => {
      isOver = true
      stop()
    }
  }, [api, clock, version])
  const backs = [...(state.desk?.items ?? []), ...state.waiting].filter(({ channel }) => channel === 'callBack')
  const stateName = (name: string): string =>
    Object.hasOwn(agent.states, name) ? agent.states[name as keyof typeof agent.states] : name
  return (
    <div className={css.customer}>
      <section aria-label={agent.day.figures}>
        <h2 className={css.groupTitle}>{agent.day.figures}</h2>
        {figures && (
          <Terms
            items={[
              [agent.day.accepted, format.number(figures.accepted)],
              [agent.day.missed, format.number(figures.missed)],
              [agent.day.declined, format.number(figures.declined)],
              [agent.day.handled, format.duration(figures.handledMs)],
              [agent.day.wrap, format.duration(figures.wrapMs)],
              ...figures.byState.map(
                ({ state: name, reason, ms }) =>
                  [
                    reason === undefined
                      ? stateName(name)
                      : `${stateName(name)}: ${reasonName(state.place?.reasons.find(({ id }) => id === reason) ?? { id: reason }, words)}`,
                    format.duration(ms),
                  ] as const,
              ),
            ]}
          />
        )}
      </section>
      <p>
        <Link to="/own-scores">{words.supervisor.ownScores}</Link>
      </p>
      <section aria-label={agent.day.messages}>
        <h2 className={css.groupTitle}>{agent.day.messages}</h2>
        <p>
          <Link to="/voicemail">{agent.day.unread(unread)}</Link>
        </p>
      </section>
      <section aria-label={agent.day.callBacks}>
        <h2 className={css.groupTitle}>{agent.day.callBacks}</h2>
        <p className={css.quiet}>{agent.day.backs(backs.length)}</p>
        <WaitingCalls />
      </section>
      <section aria-label={agent.day.schedule}>
        <h2 className={css.groupTitle}>{agent.day.schedule}</h2>
        {state.place?.schedule.length === 0 && <p className={css.quiet}>{agent.day.noSchedule}</p>}
        <ul className={css.rows}>
          {state.place?.schedule.map(({ date, from, to }) => (
            <li key={`${date} ${from}`} className={css.hours}>
              <span>{format.day(Date.parse(`${date}T12:00:00`), clock.nowMs())}</span>
              <span>
                {from}–{to}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
