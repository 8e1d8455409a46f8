import { Suspense, useMemo, useState } from 'react'
import { late } from '../app/late.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Badge, Button, Menu } from '../look/index.ts'
import { Ticking } from '../look/ticking.tsx'
import { useFormat, useWords } from '../words/use-words.ts'
import { takeableIn } from './actions/agent-actions.ts'
import css from './agent.module.css'
import type { DeskState } from './agent-desk.ts'
import type { AgentRuntime } from './agent-services.ts'
import { ChannelMark } from './channel-mark.tsx'
import { channelTools } from './channel-tools.ts'
import type { ChannelToolsProps } from './channel-tools-props.ts'
import { ReceiverDialog } from './receiver-dialog.tsx'
import { customerName, type WorkItem } from './work.ts'
import { WrapUpForm } from './wrap-up-form.tsx'

// One component a channel: made once, so that what is typed in it stays when the desk changes.
const Tools: Partial<Record<WorkItem['channel'], ReturnType<typeof late<ChannelToolsProps>>>> = {}

function toolsOf(channel: WorkItem['channel']) {
  const tools = channelTools[channel]
  return tools && (Tools[channel] ??= late<ChannelToolsProps>(async () => (await tools.load()).Tools))
}

/** The item that is worked on: who, what can be done with it, what came of it. */
export function WorkView({
  item,
  runtime,
  state,
}: {
  readonly item: WorkItem
  readonly runtime: AgentRuntime
  readonly state: DeskState
}) {
  const { agent } = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const { desk, texts, crm } = runtime
  const crmTab = useValue(crm.state)
  const ChannelPart = toolsOf(item.channel)
  const takeTexts = useMemo<ChannelToolsProps['takeTexts']>(() => (insert) => texts.take(insert), [texts])
  const isMine = state.desk?.items.some(({ id }) => id === item.id) ?? false
  const isOver = item.state === 'wrappingUp'
  const name = customerName(item) ?? agent.unknown
  return (
    <article className={css.work} aria-label={agent.workWith(agent.channels[item.channel], name)}>
      <header className={css.workHead}>
        <ChannelMark channel={item.channel} size={24} />
        <div className={css.rowText}>
          <h2 className={css.workName}>{name}</h2>
          <span className={css.rowMore}>
            {item.subject !== undefined && `${item.subject} · `}
            {item.queueName} · {agent.cameAt(format.moment(Date.parse(item.since), clock.nowMs()))}
          </span>
        </div>
        <Badge tone={isOver ? 'warn' : item.state === 'assigned' ? 'good' : 'info'}>
          {agent.itemStates[item.state]}
        </Badge>
        {item.acceptedAt !== undefined && item.state === 'assigned' && (
          <Ticking sinceMs={Date.parse(item.acceptedAt)} />
        )}
      </header>
      <div className={css.keys}>
        {isMine && <ItemKeys item={item} runtime={runtime} state={state} />}
        {!isMine && takeableIn(state)(item) && <TakeButton item={item} runtime={runtime} />}
        {crmTab.missed !== undefined && (
          <Button icon="external" onPress={() => crm.openByHand()}>
            {agent.crm.follow}
          </Button>
        )}
      </div>
      {ChannelPart && (
        <Suspense fallback={null}>
          <ChannelPart item={item} isMine={isMine} isOver={isOver} desk={desk} takeTexts={takeTexts} />
        </Suspense>
      )}
      {isMine && <WrapUpForm item={item} runtime={runtime} state={state} />}
    </article>
  )
}

function TakeButton({ item, runtime }: { readonly item: WorkItem; readonly runtime: AgentRuntime }) {
  const { agent } = useWords()
  const { showFault } = useApp()
  return (
    <Button kind="primary" icon="hand" onPress={() => void runtime.desk.command(item.id, 'take').catch(showFault)}>
      {agent.list.take}
    </Button>
  )
}

/** What else can be done with an item: aside, back, to another queue, out. */
function ItemKeys({
  item,
  runtime: { desk },
  state,
}: {
  readonly item: WorkItem
  readonly runtime: AgentRuntime
  readonly state: DeskState
}) {
  const { agent } = useWords()
  const { showFault } = useApp()
  const [isGiving, setGiving] = useState(false)
  const run = (verb: Parameters<typeof desk.command>[1], body: Parameters<typeof desk.command>[2] = {}) =>
    void desk.command(item.id, verb, body).catch(showFault)
  const isCall = item.channel === 'call'
  const isOpen = item.state === 'assigned' || item.state === 'kept'
  if (!isOpen) return null
  const others = (state.place?.allQueues ?? []).filter(
    ({ id, channels }) => id !== item.queueId && channels.includes(item.channel),
  )
  const aside =
    item.state === 'kept'
      ? { id: 'resume', label: agent.resume, icon: 'play' as const, onAction: () => run('resume') }
      : { id: 'keepAside', label: agent.keepAside, icon: 'pin' as const, onAction: () => run('keepAside') }
  return (
    <>
      {!isCall && item.state === 'assigned' && (
        <Button icon="check" onPress={() => run('finish')}>
          {agent.finish}
        </Button>
      )}
      <Menu
        label={agent.more}
        trigger={<Button icon="more">{agent.more}</Button>}
        groups={[
          {
            id: 'item',
            entries: [
              ...(isCall ? [] : [aside]),
              {
                id: 'giveBack',
                label: agent.giveBack,
                icon: 'undo' as const,
                onAction: () => run('giveBack', { why: agent.gaveBack }),
              },
              ...(isCall
                ? []
                : [{ id: 'giveTo', label: agent.giveTo, icon: 'person' as const, onAction: () => setGiving(true) }]),
              ...(isCall
                ? []
                : [
                    {
                      id: 'close',
                      label: agent.close,
                      icon: 'archive' as const,
                      isDanger: true,
                      onAction: () => run('close', { why: agent.closed }),
                    },
                  ]),
            ],
          },
          {
            id: 'move',
            title: agent.moveTo,
            entries:
              others.length > 0
                ? others.map(({ id, name }) => ({ id, label: name, onAction: () => run('move', { queueId: id }) }))
                : [{ id: 'none', label: agent.noOtherQueue, isDisabled: true, onAction: () => {} }],
          },
        ]}
      />
      {isGiving && (
        <ReceiverDialog itemId={item.id} onChoose={(to) => run('move', to)} onClose={() => setGiving(false)} />
      )}
    </>
  )
}
