import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { VisuallyHidden } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { explain, whereabouts } from './explain.ts'
import css from './presence.module.css'
import type { Presence, PresenceState } from './presence-store.ts'
import { presenceServices } from './presence-services.ts'

/** The lamp alone: each state has a shape of its own beside its colour. What it means must stand beside it. */
export function Lamp({ state, size = 12 }: { readonly state: PresenceState | undefined; readonly size?: number }) {
  return (
    <svg
      className={css.lamp}
      data-state={state ?? 'unknown'}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden
    >
      {drawingOf(state)}
    </svg>
  )
}

/** How one colleague is: a lamp with the sentence for whoever hears the page or points at it. */
export function PresenceMark({ userId, size }: { readonly userId: string; readonly size?: number }) {
  const app = useApp()
  const words = useWords()
  const format = useFormat()
  const presence = useValue(presenceServices(app).store.of(userId))
  const sentence = explain(presence, words, format, app.clock.nowMs())
  return (
    <span title={sentence} className={css.mark}>
      <Lamp state={presence?.state} {...(size === undefined ? {} : { size })} />
      <VisuallyHidden>{sentence}</VisuallyHidden>
    </span>
  )
}

/** The sentence: how one colleague is, since when and why, with the note. */
export function PresenceLine({ userId }: { readonly userId: string }) {
  const app = useApp()
  const words = useWords()
  const format = useFormat()
  const presence = useValue(presenceServices(app).store.of(userId))
  return (
    <span className={css.sentence}>
      <Lamp state={presence?.state} />
      <span>
        {explain(presence, words, format, app.clock.nowMs())}
        {presence?.note !== undefined && <span className={css.note}> “{presence.note}”</span>}
        <Whereabouts presence={presence} />
      </span>
    </span>
  )
}

/** What somebody is at and where, by their calendar. */
function Whereabouts({ presence }: { readonly presence: Presence | undefined }) {
  const { presence: words } = useWords()
  const text = whereabouts(presence, words.where)
  return text === '' ? null : <span className={css.where}>{text}</span>
}

/** Tick: can be reached. Full: talks. Square: in a meeting. Bar: not to be disturbed. Clock hands: not there now. Crossed ring: offline. */
function drawingOf(state: PresenceState | undefined) {
  switch (state) {
    case 'available':
      return (
        <>
          <circle cx="6" cy="6" r="5.5" fill="currentColor" />
          <path d="M3.4 6.2 5.3 8l3.4-3.7" className={css.cut} />
        </>
      )
    case 'ringing':
      return (
        <>
          <circle cx="6" cy="6" r="5" className={css.ring} />
          <circle cx="6" cy="6" r="2.2" fill="currentColor" />
        </>
      )
    case 'busy':
      return <circle cx="6" cy="6" r="5.5" fill="currentColor" />
    case 'inMeeting':
      return <rect x="0.8" y="0.8" width="10.4" height="10.4" rx="2" fill="currentColor" />
    case 'doNotDisturb':
      return (
        <>
          <circle cx="6" cy="6" r="5.5" fill="currentColor" />
          <path d="M3.2 6h5.6" className={css.cut} />
        </>
      )
    case 'beRightBack':
    case 'away':
      return (
        <>
          <circle cx="6" cy="6" r="5.5" fill="currentColor" />
          <path d="M6 3v3.2l2.2 1.4" className={css.cut} />
        </>
      )
    case 'offline':
      return (
        <>
          <circle cx="6" cy="6" r="4.8" className={css.ring} />
          <path d="M4.2 4.2l3.6 3.6M7.8 4.2 4.2 7.8" className={css.ring} />
        </>
      )
    case undefined:
      return <circle cx="6" cy="6" r="4.8" className={css.ring} strokeDasharray="2 2" />
  }
}
