import { Suspense, useState } from 'react'
import { Ticking } from '../look/ticking.tsx'
import { late } from '../app/late.ts'
import { useApp } from '../app/use-app.ts'
import { Avatar, Badge, Banner, Button, classNames, Dialog, IconButton } from '../look/index.ts'
import { othersOf, useCallConference } from '../conference/use-call-conference.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { CallQuality } from './call-quality.tsx'
import { DigitPad } from './digit-pad.tsx'
import css from './phone.module.css'
import { isOnHold, isTalking, type PhoneCall } from './phone-state.ts'
import type { PhoneViewModel } from './phone-view-model.ts'
import { stateText, whoOf } from './phone-words.ts'

// What is not needed to answer and to speak comes when it is wanted.
const TransferDialog = late(async () => (await import('./transfer-dialog.tsx')).TransferDialog)
const RecordButtons = late(async () => (await import('../recordings/record-buttons.tsx')).RecordButtons)
const CallExtras = late(async () => (await import('../telephone/call-extras.tsx')).CallExtras)
const CallConference = late(async () => (await import('../conference/call-conference.tsx')).CallConference)

/** One call that goes on, with all that can be done with it. */
export function CallCard({
  call,
  isActive,
  others,
  phone,
}: {
  readonly call: PhoneCall
  readonly isActive: boolean
  readonly others: readonly PhoneCall[]
  readonly phone: PhoneViewModel
}) {
  const words = useWords()
  const { phone: texts } = words
  const format = useFormat()
  const { showFault } = useApp()
  const [open, setOpen] = useState<'pad' | 'transfer'>()
  const { id, state } = call
  const inConference = useCallConference(call, phone)
  const conferees = inConference && othersOf(inConference.conference, inConference.memberId)
  const who = conferees || whoOf(call)
  const waiting = call.consultsFor === undefined ? undefined : others.find((other) => other.id === call.consultsFor)
  const isConnected = state.name === 'connected'
  const canConference = isConnected && others.filter((other) => other.state.name === 'connected').length > 1
  return (
    <section className={classNames(css.call, isActive && css.callActive)} aria-label={texts.inCallWith(who)}>
      <div className={css.callHead}>
        <Avatar name={who} />
        <div className={css.callWho}>
          <div className={css.callName}>{who}</div>
          <div className={css.callState}>
            {stateText(words, call)} {isConnected && <Ticking sinceMs={state.sinceMs} />}{' '}
            {inConference && <Badge tone="info">{texts.conferenced}</Badge>}
          </div>
        </div>
        <IconButton
          icon="call-end"
          kind="danger"
          size="large"
          label={`${texts.hangUp}: ${who}`}
          onPress={() => phone.hangUp(id)}
        />
      </div>
      {call.returningSinceMs !== undefined && (
        <Banner tone="warn" isLive>
          {texts.returning}
        </Banner>
      )}
      {call.returnedAfterMs !== undefined && (
        <Banner tone="good" isLive>
          {texts.returned(format.number(call.returnedAfterMs / 1000, 1))}
        </Banner>
      )}
      {isConnected && (
        <div className={css.buttons}>
          {isActive && (
            <IconButton
              icon={call.isMuted ? 'mic-off' : 'mic'}
              isOn={call.isMuted}
              label={call.isMuted ? texts.unmute : texts.mute}
              shortcut="Alt+M"
              onPress={() => phone.toggleMute()}
            />
          )}
          <IconButton
            icon={isOnHold(call) ? 'play' : 'pause'}
            isOn={isOnHold(call)}
            label={isOnHold(call) ? texts.retrieve : texts.hold}
            shortcut="Alt+O"
            onPress={() => (isOnHold(call) ? phone.retrieve(id) : phone.hold(id))}
          />
          <IconButton icon="dialpad" label={texts.pad} onPress={() => setOpen('pad')} />
          <IconButton icon="transfer" label={texts.transfer} onPress={() => setOpen('transfer')} />
          <Suspense>
            {isActive && <CallExtras call={call} phone={phone} />}
            <RecordButtons call={call} phone={phone} />
          </Suspense>
          {canConference && (
            <IconButton
              icon="conference"
              label={texts.conference}
              onPress={() => {
                phone.conference().catch(showFault)
              }}
            />
          )}
        </div>
      )}
      {inConference && (
        <Suspense>
          <CallConference {...inConference} />
        </Suspense>
      )}
      {waiting && isConnected && (
        <Button
          kind="primary"
          icon="transfer"
          onPress={() => {
            phone.join(waiting.id, id).catch(showFault)
          }}
        >
          {texts.complete}: {whoOf(waiting)} → {who}
        </Button>
      )}
      {isActive && isTalking(call) && <CallQuality call={call} />}
      {open === 'pad' && (
        <Dialog title={texts.pad} isOpen onClose={() => setOpen(undefined)}>
          <DigitPad onDigit={(digit) => phone.sendDigits(digit)} />
        </Dialog>
      )}
      {open === 'transfer' && (
        <Suspense>
          <TransferDialog call={call} phone={phone} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </section>
  )
}
