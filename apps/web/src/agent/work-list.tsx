import type { ReactNode } from 'react'
import { useApp } from '../app/use-app.ts'
import { Button, classNames, Icon } from '../look/index.ts'
import { Ticking } from '../look/ticking.tsx'
import { useFormat, useWords } from '../words/use-words.ts'
import { takeableIn } from './actions/agent-actions.ts'
import css from './agent.module.css'
import { type DeskState, groupWork } from './agent-desk.ts'
import { consoleView } from './agent-holder.ts'
import type { AgentRuntime } from './agent-services.ts'
import { ChannelMark } from './channel-mark.tsx'
import { Countdown } from './countdown.tsx'
import { OfferCard } from './offer-card.tsx'
import { customerName, type WorkItem } from './work.ts'

/** Everything that an agent has and could have: offers, what is worked on, what is put aside, what waits. */
export function WorkList({
  runtime,
  state,
  currentId,
}: {
  readonly runtime: AgentRuntime
  readonly state: DeskState
  readonly currentId: string | undefined
}) {
  const { agent } = useWords()
  const { desk } = runtime
  const { showFault } = useApp()
  const { offers = [], items = [] } = state.desk ?? {}
  const groups = groupWork(items)
  // Queues are looked at every few seconds: what is mine by now waits no longer.
  const isMine = (id: string) =>
    offers.some(({ item }) => item.id === id) || state.desk?.items.some((item) => item.id === id)
  const waiting = state.waiting.filter(({ id }) => !isMine(id))
  const open = (item: WorkItem) => {
    desk.choose(item.id)
    consoleView.part.set('item')
  }
  const take = (item: WorkItem) => {
    desk.command(item.id, 'take').then(() => consoleView.part.set('item'), showFault)
  }
  const row = (item: WorkItem, more?: ReactNode) => (
    <WorkRow key={item.id} item={item} isCurrent={item.id === currentId} onOpen={() => open(item)} more={more} />
  )
  return (
    <>
      {offers.length > 0 && (
        <Group title={agent.list.offers}>
          {offers.map((offer) => (
            <li key={offer.id}>
              <OfferCard offer={offer} desk={desk} />
            </li>
          ))}
        </Group>
      )}
      {groups.active.length > 0 && <Group title={agent.list.active}>{groups.active.map((item) => row(item))}</Group>}
      {groups.wrapUp.length > 0 && (
        <Group title={agent.list.wrapUp}>
          {groups.wrapUp.map((item) =>
            row(
              item,
              item.wrapUpUntil !== undefined && (
                <Countdown untilMs={desk.localMs(item.wrapUpUntil)} label={agent.wrapUp.left} />
              ),
            ),
          )}
        </Group>
      )}
      {groups.kept.length > 0 && <Group title={agent.list.kept}>{groups.kept.map((item) => row(item))}</Group>}
      <Group title={agent.list.waiting(waiting.length)}>
        {waiting.length === 0 && <li className={css.quiet}>{agent.list.noneWaiting}</li>}
        {waiting.map((item) =>
          row(
            item,
            takeableIn(state)(item) && (
              <Button
                size="small"
                aria-label={agent.list.takeOf(nameOf(item, agent.unknown))}
                onPress={() => take(item)}
              >
                {agent.list.take}
              </Button>
            ),
          ),
        )}
      </Group>
    </>
  )
}

const nameOf = (item: WorkItem, unknown: string): string => customerName(item) ?? unknown

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={css.group} aria-label={title}>
      <h2 className={css.groupTitle}>{title}</h2>
      <ul className={css.rows}>{children}</ul>
    </section>
  )
}

function WorkRow({
  item,
  isCurrent,
  onOpen,
  more,
}: {
  readonly item: WorkItem
  readonly isCurrent: boolean
  readonly onOpen: () => void
  readonly more: ReactNode
}) {
  const { agent } = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const { channel, queueName, subject, priority, notBefore } = item
  return (
    <li className={classNames(css.row, isCurrent && css.rowCurrent)}>
      <button type="button" className={css.rowMain} aria-current={isCurrent} onClick={onOpen}>
        <ChannelMark channel={channel} />
        <span className={css.rowText}>
          <span className={css.rowName}>{nameOf(item, agent.unknown)}</span>
          <span className={css.rowMore}>
            {notBefore !== undefined && Date.parse(notBefore) > clock.nowMs()
              ? agent.list.from(format.moment(Date.parse(notBefore), clock.nowMs()))
              : (subject ?? queueName)}
          </span>
        </span>
        {priority >= 7 && (
          <span className={css.urgent} role="img" aria-label={agent.list.urgent} title={agent.list.urgent}>
            <Icon name="warning" size={16} />
          </span>
        )}
        <span className={css.rowAge}>
          <Ticking sinceMs={Date.parse(item.acceptedAt ?? item.since)} />
        </span>
      </button>
      {more}
    </li>
  )
}
