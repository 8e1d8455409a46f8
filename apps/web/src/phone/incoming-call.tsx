import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Avatar, Banner, Button, Dialog, IconButton, Menu, Quiet } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './phone.module.css'
import { drawnByScreen, phoneHolder, phoneState } from './phone-holder.ts'
import { isRingingHere, type PhoneCall } from './phone-state.ts'
import { whoOf } from './phone-words.ts'

/** A call that rings, above everything. It goes away by itself when the caller gives up. */
export function IncomingCall() {
  const { calls } = useValue(phoneState)
  const drawn = useValue(drawnByScreen.rings)
  const ringing = calls.find((call) => isRingingHere(call) && !drawn.has(call.id))
  return ringing ? <Ringing key={ringing.id} call={ringing} /> : null
}

function Ringing({ call }: { readonly call: PhoneCall }) {
  const { phone: texts } = useWords()
  const { actions } = useApp()
  const runtime = useValue(phoneHolder)
  const { problem } = useValue(phoneState)
  const [isAnswering, setAnswering] = useState(false)
  const who = whoOf(call)
  return (
    <Dialog title={texts.callFrom(who)} isOpen isUrgent onClose={() => {}}>
      <div className={css.incoming}>
        {problem?.name === 'microphone' && (
          <Banner tone="bad" isLive>
            {texts.microphone[problem.why]}
          </Banner>
        )}
        <Avatar name={who} size={72} />
        <div>
          <Quiet>{call.number}</Quiet>
        </div>
        <div className={css.incomingButtons}>
          <Button
            kind="primary"
            size="large"
            icon="call"
            autoFocus
            isDisabled={isAnswering}
            onPress={() => {
              setAnswering(true)
              void runtime?.phone.answer(call.id).finally(() => setAnswering(false))
            }}
          >
            {texts.answer}
          </Button>
          <Button kind="danger" size="large" icon="call-end" onPress={() => actions.run('phone.reject')}>
            {texts.reject}
          </Button>
          <Menu
            label={texts.rejectWith}
            trigger={<IconButton icon="chat" size="large" label={texts.rejectWith} />}
            groups={[
              {
                id: 'texts',
                title: texts.rejectWith,
                entries: texts.rejectTexts.map((text) => ({
                  id: text,
                  label: text,
                  onAction: () => runtime?.phone.reject(call.id, text),
                })),
              },
            ]}
          />
        </div>
      </div>
    </Dialog>
  )
}
