import type { ReactNode } from 'react'
import { OfferCard } from '../agent/offer-card.tsx'
import { agentHolder } from '../agent/agent-holder.ts'
import type { AgentRuntime } from '../agent/agent-services.ts'
import { customerName, type WorkItem } from '../agent/work.ts'
import { useValue } from '../base/use-value.ts'
import { Badge, Button, classNames, Quiet } from '../look/index.ts'
import { Ticking } from '../look/ticking.tsx'
import { CallCard } from '../phone/call-card.tsx'
import { phoneHolder, phoneState } from '../phone/phone-holder.ts'
import { PhoneProblemView } from '../phone/phone-problem.tsx'
import { isOnHold, isRingingHere } from '../phone/phone-state.ts'
import { whoOf } from '../phone/phone-words.ts'
import { WaitingCalls } from '../telephone/waiting-calls.tsx'
import { useWords } from '../words/use-words.ts'
import css from './attendant.module.css'
import type { AttendantCalls } from './attendant-calls.ts'
import { useQueuedCalls } from './use-queued-calls.ts'

/** Every call that wants something: ringing, spoken, on its way, on hold, parked, waiting in queues. */
export function CallColumn({
  calls: model,
  onPark,
}: {
  readonly calls: AttendantCalls
  readonly onPark: (() => void) | undefined
}) {
  const { attendant, phone: texts } = useWords()
  const runtime = useValue(phoneHolder)
  const state = useValue(phoneState)
  const agent = useValue(agentHolder)
  const { handovers, heldSinceMs, forgotten } = useValue(model.state)
  const queued = useQueuedCalls(agent === undefined)
  const ringing = state.calls.filter(isRingingHere)
  const held = state.calls.filter(isOnHold)
  const spoken = state.calls.filter((call) => !isRingingHere(call) && !isOnHold(call))
  const others = state.calls.filter((call) => !isRingingHere(call))
  return (
    // It scrolls, and may hold nothing but text.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <section className={css.calls} aria-label={attendant.calls} tabIndex={0}>
      {runtime && <PhoneProblemView state={state} phone={runtime.phone} />}
      {state.failed && <Quiet>{texts.failed[state.failed.why](state.failed.who)}</Quiet>}
      {agent && <Offers runtime={agent} rings={ringing.length} />}
      {ringing.length > 0 && (
        <Group title={attendant.ringing(ringing.length)}>
          {ringing.map((call, index) => (
            <li key={call.id} className={classNames(css.call, css.callRinging)}>
              <span className={css.who}>
                <strong>{whoOf(call)}</strong>
                {call.name !== undefined && <Quiet>{call.number}</Quiet>}
              </span>
              <Button
                kind="primary"
                icon="call"
                aria-label={`${texts.answer}: ${whoOf(call)}`}
                onPress={() => void runtime?.phone.answer(call.id)}
              >
                {texts.answer}
              </Button>
              {index === 0 && <kbd className={css.key}>Alt+A</kbd>}
            </li>
          ))}
        </Group>
      )}
      {runtime &&
        spoken.map((call) => (
          <CallCard
            key={call.id}
            call={call}
            isActive={call.id === state.activeId}
            others={others}
            phone={runtime.phone}
          />
        ))}
      {spoken.length > 0 && onPark && (
        <Button icon="archive" onPress={onPark}>
          {attendant.park}
        </Button>
      )}
      {handovers.length > 0 && (
        <Group title={attendant.handovers}>
          {handovers.map(({ callId, to, state: how, sinceMs }) => {
            const call = state.calls.find(({ id }) => id === callId)
            return (
              <li key={callId} className={classNames(css.call, how === 'back' && css.callBack)}>
                <span className={css.who} {...(how === 'back' ? { role: 'status' } : {})}>
                  <strong>{call && whoOf(call)}</strong>
                  <span>{how === 'back' ? attendant.back(to.name) : attendant.ringsAt(to.name)}</span>
                </span>
                <Ticking sinceMs={sinceMs} />
                {how === 'back' && (
                  <Button
                    size="small"
                    kind="primary"
                    onPress={() => {
                      model.dismiss(callId)
                      runtime?.phone.retrieve(callId)
                    }}
                  >
                    {attendant.takeBack}
                  </Button>
                )}
              </li>
            )
          })}
        </Group>
      )}
      {held.length > 0 && (
        <Group title={attendant.held(held.length)}>
          {held.map((call) => (
            <li key={call.id} className={classNames(css.call, forgotten.has(call.id) && css.callBack)}>
              <span className={css.who}>
                <strong>{whoOf(call)}</strong>
                {forgotten.has(call.id) && <Badge tone="warn">{attendant.forgotten}</Badge>}
              </span>
              <Ticking sinceMs={heldSinceMs[call.id] ?? 0} />
              <Button
                size="small"
                icon="play"
                aria-label={`${texts.retrieve}: ${whoOf(call)}`}
                onPress={() => runtime?.phone.retrieve(call.id)}
              >
                {texts.retrieve}
              </Button>
            </li>
          ))}
        </Group>
      )}
      <WaitingCalls />
      {agent ? <OwnQueueCalls runtime={agent} /> : queued.length > 0 && <QueueCalls calls={queued} />}
      {state.calls.length === 0 && queued.length === 0 && !agent && <p className={css.quiet}>{attendant.noCalls}</p>}
    </section>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className={css.groupTitle}>{title}</h2>
      <ul className={css.rows}>{children}</ul>
    </section>
  )
}

/** What the queues ask this person, unless it rings here anyway. */
function Offers({ runtime: { desk }, rings }: { readonly runtime: AgentRuntime; readonly rings: number }) {
  const state = useValue(desk.state)
  const offers = (state.desk?.offers ?? []).filter(({ isByTelephone }) => !isByTelephone || rings === 0)
  return offers.map((offer) => <OfferCard key={offer.id} offer={offer} desk={desk} />)
}

/** Callers who wait in the queues of this person, the next one first. */
function OwnQueueCalls({ runtime: { desk } }: { readonly runtime: AgentRuntime }) {
  const { waiting } = useValue(desk.state)
  return <QueueCalls calls={waiting.filter(({ channel }) => channel === 'call')} />
}

function QueueCalls({ calls }: { readonly calls: readonly WorkItem[] }) {
  const { attendant, agent } = useWords()
  return (
    <Group title={attendant.queued(calls.length)}>
      {calls.length === 0 && <li className={css.quiet}>{agent.list.noneWaiting}</li>}
      {calls.map((item) => (
        <li key={item.id} className={css.call}>
          <span className={css.who}>
            <strong>{customerName(item) ?? agent.unknown}</strong>
            <Quiet>{item.queueName}</Quiet>
          </span>
          <Ticking sinceMs={Date.parse(item.since)} />
        </li>
      ))}
    </Group>
  )
}
