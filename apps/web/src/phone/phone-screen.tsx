import { useState } from 'react'
import type { ScreenProps } from '../app/feature.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Button, Card, Line, Page, Quiet, Stack } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { DialField, type Dialled } from './dial-field.tsx'
import { DigitPad } from './digit-pad.tsx'
import css from './phone.module.css'
import { Status } from './phone-dock.tsx'
import { phoneHolder, phoneState } from './phone-holder.ts'
import { PhoneProblemView } from './phone-problem.tsx'
import { CallAs } from '../telephone/call-as.tsx'
import { CallWith } from '../telephone/call-with.tsx'
import { callByDesk, deskDevice } from '../telephone/desk-device.ts'
import { WaitingCalls } from '../telephone/waiting-calls.tsx'

/** Where one calls from: a field, a pad, and what the phone is like. */
export function Screen(_: ScreenProps) {
  const { phone: texts } = useWords()
  const app = useApp()
  const { actions } = app
  const runtime = useValue(phoneHolder)
  const state = useValue(phoneState)
  const [dialled, setDialled] = useState<Dialled>({ number: '' })
  const [digits, setDigits] = useState('')
  const desk = useValue(deskDevice)
  const call = ({ number, name }: Dialled) => {
    if (number.trim() === '') return
    if (desk === undefined) void runtime?.phone.call(number, name)
    else callByDesk(app, desk, number)
  }
  return (
    <Page title={texts.title}>
      <div className={css.screen}>
        <Card>
          <div className={css.dial}>
            <DialField label={texts.dial} digits={digits} onChange={setDialled} onSubmit={call} />
            <DigitPad takesKeyboard={false} onDigit={(digit) => setDigits(digits + digit)} />
            <Line>
              <Button
                kind="primary"
                size="large"
                icon="call"
                isDisabled={(state.place !== 'here' && desk === undefined) || dialled.number.trim() === ''}
                onPress={() => call(dialled)}
              >
                {texts.call}
              </Button>
            </Line>
          </div>
        </Card>
        <Stack>
          <CallWith />
          <CallAs />
          <WaitingCalls />
          {desk === undefined && <Status />}
          {runtime && <PhoneProblemView state={state} phone={runtime.phone} />}
          {state.place === 'here' && state.calls.length === 0 && <Quiet>{texts.noCallsHint}</Quiet>}
          {state.place === 'here' && (
            <Line>
              {state.lastDialled !== undefined && (
                <Button icon="refresh" onPress={() => actions.run('phone.redial')}>
                  {texts.redial(state.lastDialled)}
                </Button>
              )}
              <Button icon="mic" onPress={() => actions.run('phone.echo')}>
                {texts.echoTest}
              </Button>
            </Line>
          )}
        </Stack>
      </div>
    </Page>
  )
}
