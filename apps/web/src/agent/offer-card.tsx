import { useEffect } from 'react'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Button } from '../look/index.ts'
import { drawnByScreen, phoneHolder, phoneState } from '../phone/phone-holder.ts'
import { isRingingHere, type PhoneCall } from '../phone/phone-state.ts'
import { Ticking } from '../look/ticking.tsx'
import { useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import type { AgentDesk } from './agent-desk.ts'
import { consoleView } from './agent-holder.ts'
import { ChannelMark } from './channel-mark.tsx'
import { Countdown } from './countdown.tsx'
import { customerName, type Offer } from './work.ts'

/** What the agent is asked: who, from which queue, how long they waited, how long there is to answer. */
export function OfferCard({ offer, desk }: { readonly offer: Offer; readonly desk: AgentDesk }) {
  const { agent } = useWords()
  const { showFault } = useApp()
  const { item, isByTelephone } = offer
  const name = customerName(item) ?? agent.unknown
  const untilMs = desk.localMs(offer.until)
  const answer = (how: 'accept' | 'decline') => {
    desk.answer(offer, how).then(() => how === 'accept' && consoleView.part.set('item'), showFault)
  }
  return (
    <div className={css.offer} role="group" aria-label={agent.offer.from(agent.channels[item.channel], name)}>
      <div className={css.offerHead}>
        <ChannelMark channel={item.channel} size={22} />
        <div className={css.rowText}>
          <strong className={css.rowName}>{name}</strong>
          <span className={css.rowMore}>
            {item.customer.number !== undefined && item.customer.number !== name && `${item.customer.number} · `}
            {item.queueName} · <Ticking sinceMs={Date.parse(item.since)} />
          </span>
          {item.subject !== undefined && <span className={css.rowMore}>{item.subject}</span>}
        </div>
        <Countdown untilMs={untilMs} wholeMs={desk.offerMs(offer)} label={agent.offer.left} />
      </div>
      {isByTelephone ? (
        <ByTelephone number={item.customer.number} />
      ) : (
        <div className={css.keys}>
          <Button kind="primary" icon="check" onPress={() => answer('accept')}>
            {agent.offer.accept}
          </Button>
          <Button icon="close" onPress={() => answer('decline')}>
            {agent.offer.decline}
          </Button>
        </div>
      )}
    </div>
  )
}

/** The call of an offer that rings on this page, if it does. */
function useRinging(number: string | undefined): PhoneCall | undefined {
  const { calls } = useValue(phoneState)
  const ringing = calls.filter(isRingingHere)
  const call = ringing.find((one) => one.number === number) ?? (ringing.length === 1 ? ringing[0] : undefined)
  const id = call?.id
  useEffect(() => {
    if (id === undefined) return
    drawnByScreen.rings.update((shown) => new Set([...shown, id]))
    return () => drawnByScreen.rings.update((shown) => new Set([...shown].filter((one) => one !== id)))
  }, [id])
  return call
}

function ByTelephone({ number }: { readonly number: string | undefined }) {
  const { agent, phone } = useWords()
  const runtime = useValue(phoneHolder)
  const call = useRinging(number)
  if (!call) return <p className={css.quiet}>{agent.offer.byTelephone}</p>
  return (
    <div className={css.keys}>
      <Button kind="primary" icon="call" onPress={() => void runtime?.phone.answer(call.id)}>
        {phone.answer}
      </Button>
      <Button kind="danger" icon="call-end" onPress={() => runtime?.phone.reject(call.id)}>
        {phone.reject}
      </Button>
    </div>
  )
}
