import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './shell.module.css'

/** A short loss is nobody's business. */
const quietMs = 3000

/** Says since when what is on the screen may be old. */
export function Connection() {
  const { shell } = useWords()
  const format = useFormat()
  const { events, clock } = useApp()
  const state = useValue(events.state)
  if (state.name !== 'lost' || clock.nowMs() - state.sinceMs < quietMs) return null
  return (
    <div className={css.lost}>
      <Banner tone="warn" isLive>
        {shell.lostSince(format.moment(state.sinceMs, clock.nowMs()))}
      </Banner>
    </div>
  )
}
