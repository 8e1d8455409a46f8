import { useApp } from '../app/use-app.ts'
import { Card, Quiet } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './calendar.module.css'
import { dayLines } from './day-lines.ts'
import { useDay } from './use-day.ts'

/** What comes next for a colleague, by their calendar; nothing when there is none. */
export function DayList({
  userId,
  title,
  isCard = false,
}: {
  readonly userId: string
  readonly title?: string
  readonly isCard?: boolean
}) {
  const words = useWords()
  const { calendar } = words
  const format = useFormat()
  const { clock } = useApp()
  const day = useDay(userId)
  const lines = day && dayLines(day, words, format, clock.nowMs())
  if (!lines) return null
  const list = (
    <section className={css.day} aria-label={title ?? calendar.day}>
      <h3 className={css.title}>{title ?? calendar.day}</h3>
      {lines.free !== undefined && <p className={css.free}>{lines.free}</p>}
      {lines.days.map((one) => (
        <div key={one.title}>
          <h4 className={css.dayTitle}>{one.title}</h4>
          <ul className={css.lines}>
            {one.lines.map(({ key, kind, times, text }) => (
              <li key={key} className={css.line} data-kind={kind}>
                <span className={css.times}>{times}</span>
                <span className={css.text}>{text}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {lines.days.length === 0 && <Quiet>{calendar.nothing}</Quiet>}
      {day?.state === 'old' && <Quiet>{calendar.old}</Quiet>}
    </section>
  )
  return isCard ? <Card>{list}</Card> : list
}
