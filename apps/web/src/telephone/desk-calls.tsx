import { useEffect, useMemo, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { RemoteList } from '../api/remote-list.ts'
import { useApp, useMe } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Badge, Banner, Button, classNames, Dialog, IconButton } from '../look/index.ts'
import { Ticking } from '../look/ticking.tsx'
import { DialField, type Dialled } from '../phone/dial-field.tsx'
import { DigitPad } from '../phone/digit-pad.tsx'
import shellCss from '../shell/shell.module.css'
import { useWords } from '../words/use-words.ts'
import { type DeskCall, deskCallsOf } from './own-desk-calls.ts'
import css from './telephone.module.css'

type Verb = 'answer' | 'hold' | 'retrieve' | 'transfer' | 'clear' | 'deflect' | 'sendDigits'

/** The calls of the person's desk phone, with what can be done with them from here. The phone does it; this shows what it says. */
export function DeskCalls({ deviceId }: { readonly deviceId: string }) {
  const { telephone } = useWords()
  const { api, clock, events } = useApp()
  const { user } = useMe()
  const list = useMemo(
    () => new RemoteList<ReplyOf<'readLiveCall'>>({ page: () => api.call('listLiveCalls'), clock }),
    [api, clock],
  )
  useEffect(() => list.follow(events, ({ kind }) => kind.startsWith('call.')), [list, events])
  const { items } = useValue(list.state)
  const calls = deskCallsOf(items ?? [], user.id, deviceId)
  if (calls.length === 0) return null
  return (
    <aside className={classNames(shellCss.dock, shellCss.dockBusy)} aria-label={telephone.deskPhone}>
      {calls.some(({ isIncoming }) => isIncoming) && (
        <Banner tone="info" isLive>
          {telephone.deskRings}
        </Banner>
      )}
      {calls.map((call) => (
        <DeskCallCard key={call.legId} call={call} onDone={() => void list.load()} />
      ))}
    </aside>
  )
}

/** One call of a person at a telephone that is not this page, with what can be done with it. */
export function DeskCallCard({ call, onDone }: { readonly call: DeskCall; readonly onDone: () => void }) {
  const { telephone, shell } = useWords()
  const { api, toasts, showFault } = useApp()
  const [open, setOpen] = useState<'keys' | 'transfer'>()
  const [to, setTo] = useState<Dialled>({ number: '' })
  const { callId, legId, who, state, isIncoming, sinceMs } = call
  const run = (verb: Verb, more: { to?: string; digits?: string } = {}) => {
    api.call('commandCall', { params: { callId, verb }, body: { legId, ...more } }).then(onDone, showFault)
  }
  const park = () => {
    api.call('parkCall', { params: { callId }, body: { legId } }).then(({ place }) => {
      toasts.show({ tone: 'good', text: telephone.parkedAt(place) })
      onDone()
    }, showFault)
  }
  return (
    <div className={css.desk}>
      <div className={css.row}>
        <div className={css.who}>
          <strong>{who}</strong> <Badge tone={state === 'connected' ? 'good' : 'warn'}>{telephone.states[state]}</Badge>{' '}
          {sinceMs !== undefined && <Ticking sinceMs={sinceMs} />}
        </div>
        <div className={css.buttons}>
          {isIncoming && (
            <Button kind="primary" icon="call" onPress={() => run('answer')}>
              {telephone.answer}
            </Button>
          )}
          {state === 'connected' && (
            <>
              <IconButton icon="pause" label={`${telephone.hold}: ${who}`} onPress={() => run('hold')} />
              <IconButton icon="dialpad" label={`${telephone.keys}: ${who}`} onPress={() => setOpen('keys')} />
              <IconButton icon="archive" label={`${telephone.park}: ${who}`} onPress={park} />
            </>
          )}
          {state === 'hold' && (
            <IconButton icon="play" isOn label={`${telephone.retrieve}: ${who}`} onPress={() => run('retrieve')} />
          )}
          {(state === 'connected' || state === 'hold') && (
            <IconButton icon="transfer" label={`${telephone.transfer}: ${who}`} onPress={() => setOpen('transfer')} />
          )}
          <IconButton
            icon="call-end"
            kind="danger"
            label={`${isIncoming ? telephone.decline : telephone.hangUp}: ${who}`}
            onPress={() => run('clear')}
          />
        </div>
      </div>
      {open === 'keys' && (
        <Dialog title={telephone.keys} isOpen onClose={() => setOpen(undefined)}>
          <DigitPad onDigit={(digit) => run('sendDigits', { digits: digit })} />
        </Dialog>
      )}
      {open === 'transfer' && (
        <Dialog
          title={`${telephone.transfer}: ${who}`}
          isOpen
          onClose={() => setOpen(undefined)}
          foot={
            <>
              <Button onPress={() => setOpen(undefined)}>{shell.cancel}</Button>
              <Button
                kind="primary"
                isDisabled={to.number.trim() === ''}
                onPress={() => {
                  setOpen(undefined)
                  run('transfer', { to: to.number.replace(/[\s()./-]/g, '') })
                }}
              >
                {telephone.transfer}
              </Button>
            </>
          }
        >
          <DialField label={telephone.transferTo} onChange={setTo} />
        </Dialog>
      )}
    </div>
  )
}
