import { useApp } from '../app/use-app.ts'
import { Card, Quiet } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './calendar.module.css'
import { type DayLines, dayLines } from './day-lines.ts'
import { useDay } from './use-day.ts'

/** What comes next for a colleague, by their calendar; nothing when there is none. */
export function DayList({ userId }: { readonly userId: string }) {
  const { calendar } = useWords()
  const day = useLines(userId)
  if (!day) return null
  return (
    <section className={css.day} aria-label={calendar.day}>
      <h3 className={css.title}>{calendar.day}</h3>
      <Lines {...day} Heading="h4" />
    </section>
  )
}

/** The same of oneself, as a card of its own: what colleagues see. */
export function OwnDay({ userId }: { readonly userId: string }) {
  const { calendar } = useWords()
  const day = useLines(userId)
  if (!day) return null
  return (
    <Card title={calendar.ownDay}>
      <div className={css.day}>
        <Lines {...day} Heading="h3" />
      </div>
    </Card>
  )
}

interface Shown {
  readonly lines: DayLines
  readonly isOld: boolean
}

function useLines(userId: string): Shown | undefined {
  const words = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const day = useDay(userId)
  const lines = day && dayLines(day, words, format, clock.nowMs())
  return lines && { lines, isOld: day.state === 'old' }
}

function Lines({ lines: { free, days }, isOld, Heading }: Shown & { readonly Heading: 'h3' | 'h4' }) {
  const { calendar } = useWords()
  return (
    <>
      {free !== undefined && <p className={css.free}>{free}</p>}
      {days.map(({ title, lines }) => (
        <div key={title}>
          <Heading className={css.dayTitle}>{title}</Heading>
          <ul className={css.lines}>
            {lines.map(({ key, kind, times, text }) => (
              <li key={key} className={css.line} data-kind={kind}>
                <span className={css.times}>{times}</span>
                <span className={css.text}>{text}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {days.length === 0 && <Quiet>{calendar.nothing}</Quiet>}
      {isOld && <Quiet>{calendar.old}</Quiet>}
    </>
  )
}
