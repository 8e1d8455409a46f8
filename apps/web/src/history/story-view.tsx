import { useApp } from '../app/use-app.ts'
import { Badge, Banner, Card, type Tone } from '../look/index.ts'
import type { Format } from '../words/format.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import type { Story } from './call-view-model.ts'
import css from './history.module.css'
import { adviceText, stepText, verdictText } from './story-words.ts'
import { TimelineView } from './timeline-view.tsx'

/** Grave faults stand out; what people chose does not. */
const toneOf = ({ fault, code }: Story['verdict']): Tone =>
  fault === 'nobody'
    ? code === 'hung-up' || code === 'goes-on'
      ? 'good'
      : 'info'
    : fault === 'caller'
      ? 'info'
      : 'warn'

/** With tenths of a second: much of a call happens within one. */
const exact = (format: Format, ms: number): string =>
  format.duration(ms) + format.number((Math.floor(Math.max(0, ms) / 100) % 10) / 10, 1).slice(1)

/** The story of a call: the verdict, then step by step, then drawn. */
export function StoryView({ story }: { readonly story: Story }) {
  const { history } = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const { verdict, steps, startedAt } = story
  const advice = adviceText(history, verdict.advice)
  const beganMs = Date.parse(startedAt)
  const told = steps.flatMap((step, i) => {
    const text = stepText(history, step)
    return text === undefined ? [] : [{ key: `${i}`, text, atMs: Date.parse(step.at) - beganMs, code: step.code }]
  })
  return (
    <>
      <section aria-label={history.verdict}>
        <Banner tone={toneOf(verdict)}>
          <strong className={css.verdict}>{verdictText(history, verdict)}</strong>
          <span className={css.blame}>
            {verdict.fault === 'nobody' ? history.fault.nobody : history.faultLies(history.fault[verdict.fault])}{' '}
            <Badge>{history.certainty[verdict.certainty]}</Badge>
          </span>
          {advice && <span className={css.advice}>{history.whatToDo(advice)}</span>}
        </Banner>
      </section>
      <Card title={history.story}>
        <ol className={css.steps}>
          {told.map(({ key, text, atMs, code }) => (
            <li key={key} className={code.startsWith('trouble.') ? css.trouble : undefined}>
              <span className={css.at}>{exact(format, atMs)}</span>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      </Card>
      <Card title={history.over}>
        <TimelineView story={story} nowMs={clock.nowMs()} />
      </Card>
    </>
  )
}
