import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, classNames, Quiet, Stack } from '../look/index.ts'
import shellCss from '../shell/shell.module.css'
import { useFormat, useWords } from '../words/use-words.ts'
import { CallCard } from './call-card.tsx'
import css from './phone.module.css'
import { drawnByScreen, phoneHolder, phoneState } from './phone-holder.ts'
import { registrationText } from './phone-words.ts'
import { PhoneProblemView } from './phone-problem.tsx'
import { AskCallBack } from '../telephone/ask-call-back.tsx'
import { deskDevice } from '../telephone/desk-device.ts'

/** Calls that go on, at the side of every screen. */
export function PhoneDock() {
  const words = useWords()
  const { phone: texts } = words
  const runtime = useValue(phoneHolder)
  const state = useValue(phoneState)
  const desk = useValue(deskDevice)
  const isDrawn = useValue(drawnByScreen.calls)
  const shown = state.calls.filter(({ state: { name } }) => name !== 'incoming')
  if (isDrawn) return null
  if (!runtime && desk !== undefined) return null
  if (!runtime) return <aside className={shellCss.dock} aria-label={texts.title} />
  const isBusy = shown.length > 0 || state.failed !== undefined || state.problem !== undefined
  return (
    <aside className={classNames(shellCss.dock, isBusy && shellCss.dockBusy)} aria-label={texts.title}>
      <div className={css.dock}>
        {shown.map((call) => (
          <CallCard
            key={call.id}
            call={call}
            isActive={call.id === state.activeId}
            others={shown}
            phone={runtime.phone}
          />
        ))}
        {shown.length === 0 && (
          <div className={css.dockIdle}>
            <Status />
            <PhoneProblemView state={state} phone={runtime.phone} />
            {state.failed && (
              <Banner tone="warn" isLive>
                {texts.failed[state.failed.why](state.failed.who)}
              </Banner>
            )}
            {(state.failed?.why === 'busy' || state.failed?.why === 'noAnswer') && state.lastDialled !== undefined && (
              <AskCallBack key={state.lastDialled} who={state.failed.who} number={state.lastDialled} />
            )}
            {state.place === 'here' && (
              <Stack>
                <Quiet>{texts.noCallsHint}</Quiet>
                {state.lastDialled !== undefined && (
                  <Button icon="refresh" onPress={() => void runtime.phone.redial()}>
                    {texts.redial(state.lastDialled)}
                  </Button>
                )}
              </Stack>
            )}
          </div>
        )}
        {shown.length > 0 && state.problem && (
          <Banner tone="warn">
            <PhoneProblemView state={state} phone={runtime.phone} />
          </Banner>
        )}
      </div>
    </aside>
  )
}

/** Whether calls can come. */
export function Status() {
  const words = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const state = useValue(phoneState)
  const { name } = state.registration
  if (state.place === 'elsewhere') return null
  const dot = classNames(
    css.dot,
    name === 'registered' && css.dotReady,
    (name === 'lost' || name === 'refused') && css.dotLost,
  )
  return (
    <p className={css.status} role="status">
      <span className={dot} aria-hidden />
      {registrationText(words, format, state, clock.nowMs())}
    </p>
  )
}
