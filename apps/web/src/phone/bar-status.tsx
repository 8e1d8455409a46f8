import { useApp } from '../app/use-app.ts'
import { Link } from '../app/link.tsx'
import { useValue } from '../base/use-value.ts'
import { classNames } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './phone.module.css'
import { phoneState } from './phone-holder.ts'
import { registrationText } from './phone-words.ts'
import { deskDevice } from '../telephone/desk-device.ts'

/** Whether calls can come, in the bar of every screen. */
export function BarStatus() {
  const words = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const state = useValue(phoneState)
  const { name } = state.registration
  const isElsewhere = state.place === 'elsewhere'
  const isDesk = useValue(deskDevice) !== undefined
  const text = isDesk
    ? words.telephone.deskBar
    : isElsewhere
      ? words.phone.elsewhereTab
      : registrationText(words, format, state, clock.nowMs())
  const isReady = isDesk || (!isElsewhere && name === 'registered')
  return (
    <Link to="/phone" className={css.barStatus}>
      <span
        className={classNames(css.dot, isReady && css.dotReady, !isElsewhere && name === 'lost' && css.dotLost)}
        aria-hidden
      />
      <span className={css.barStatusText}>{text}</span>
    </Link>
  )
}
