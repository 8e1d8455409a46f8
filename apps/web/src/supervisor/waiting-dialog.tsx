import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { Banner, Button, Dialog, IconButton, Line, Menu, Quiet, TextField } from '../look/index.ts'
import { ReceiverDialog } from '../agent/receiver-dialog.tsx'
import { Ticking } from '../look/ticking.tsx'
import { useFormat, useWords } from '../words/use-words.ts'
import type { CentreNow, QueueInCentre } from './centre-now.ts'
import css from './supervisor.module.css'

type Item = ReplyOf<'listQueueWork'>['items'][number]

/** What waits in a queue, the next one first; it can be moved, raised and closed. */
export function WaitingDialog({
  centre,
  queue,
  clockAheadMs,
  onClose,
}: {
  readonly centre: CentreNow
  readonly queue: QueueInCentre
  readonly clockAheadMs: number
  readonly onClose: () => void
}) {
  const all = useWords()
  const { supervisor: words, agent, shell } = all
  const format = useFormat()
  const { api, router } = useApp()
  const [items, setItems] = useState<readonly Item[]>()
  const [fault, setFault] = useState<unknown>()
  const [closing, setClosing] = useState<string>()
  const [giving, setGiving] = useState<Item>()
  const [why, setWhy] = useState('')
  const load = useCallback(async () => {
    try {
      setItems((await api.call('listQueueWork', { params: { queueId: queue.id } })).items)
    } catch (error) {
      setFault(error)
    }
  }, [api, queue.id])
  // Each change of the queue may have changed what waits.
  useEffect(() => void load(), [load, queue.now])
  const command = (
    item: Item,
    verb: 'move' | 'close' | 'setPriority',
    body: { queueId?: string; agentId?: string; why?: string; priority?: number },
  ) => {
    setFault(undefined)
    api.call('commandWork', { params: { itemId: item.id, verb }, body }).then(load, setFault)
  }
  const callsOf = ({ callId, fromCallId }: Item) => [
    ...(fromCallId === undefined ? [] : [{ id: fromCallId, label: agent.callBack.askedIn }]),
    ...(callId === undefined ? [] : [{ id: callId, label: words.toCall }]),
  ]
  const others = centre.queues.filter(({ id }) => id !== queue.id)
  return (
    <Dialog title={words.waitingIn(queue.name)} isOpen onClose={onClose} isWide>
      {fault !== undefined && <Banner tone="bad">{faultText(all, fault)}</Banner>}
      {items?.length === 0 && <p>{words.nothingWaits}</p>}
      <ul className={css.waitingList}>
        {items?.map((item) => {
          const only = centre.agents.find(({ id }) => id === item.onlyAgentId)?.name
          const name = item.customer.name ?? item.customer.number ?? item.customer.address ?? words.unknownCustomer
          return (
            <li key={item.id}>
              <div className={css.waitingItem}>
                <strong>{name}</strong>
                <Quiet>
                  {words.channels[item.channel]}
                  {item.subject !== undefined && ` · ${item.subject}`}
                  {` · ${words.priority} ${format.number(item.priority)}`}
                  {only !== undefined && ` · ${words.forAgent(only)}`}
                </Quiet>
              </div>
              <Ticking sinceMs={Date.parse(item.since) - clockAheadMs} />
              <Menu
                trigger={<IconButton icon="more" label={words.manageQueue(name)} size="small" />}
                label={words.manageQueue(name)}
                groups={[
                  {
                    id: 'act',
                    entries: [
                      {
                        id: 'raise',
                        label: words.raise,
                        isDisabled: item.priority === 9,
                        onAction: () => command(item, 'setPriority', { priority: 9 }),
                      },
                      ...callsOf(item).map(({ id, label }) => ({
                        id,
                        label,
                        onAction: () => router.go(`/calls/${id}`),
                      })),
                      { id: 'giveTo', label: agent.giveTo, onAction: () => setGiving(item) },
                      { id: 'close', label: words.closeItem, isDanger: true, onAction: () => setClosing(item.id) },
                    ],
                  },
                  ...(others.length === 0
                    ? []
                    : [
                        {
                          id: 'move',
                          title: words.move,
                          entries: others.map((other) => ({
                            id: other.id,
                            label: other.name,
                            onAction: () => command(item, 'move', { queueId: other.id }),
                          })),
                        },
                      ]),
                ]}
              />
              {closing === item.id && (
                <form
                  className={css.closing}
                  onSubmit={(event) => {
                    event.preventDefault()
                    command(item, 'close', { why: why.trim() })
                    setClosing(undefined)
                    setWhy('')
                  }}
                >
                  <TextField
                    label={words.closeWhy}
                    value={why}
                    onChange={setWhy}
                    maxLength={200}
                    autoFocus
                    isRequired
                  />
                  <Line>
                    <Button onPress={() => setClosing(undefined)}>{shell.cancel}</Button>
                    <Button kind="danger" type="submit" isDisabled={why.trim() === ''}>
                      {words.closeItem}
                    </Button>
                  </Line>
                </form>
              )}
            </li>
          )
        })}
      </ul>
      {giving && (
        <ReceiverDialog
          itemId={giving.id}
          onChoose={(to) => command(giving, 'move', to)}
          onClose={() => setGiving(undefined)}
        />
      )}
    </Dialog>
  )
}
