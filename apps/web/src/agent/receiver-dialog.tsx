import { useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { Button, Dialog, Quiet, SearchField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './agent.module.css'

type Receiver = ReplyOf<'listWorkReceivers'>['items'][number]

const waitMs = 150

/** One colleague, for whom alone an item is from then on. */
export function ReceiverDialog({
  itemId,
  onChoose,
  onClose,
}: {
  readonly itemId: string
  readonly onChoose: (to: { readonly queueId: string; readonly agentId: string }) => void
  readonly onClose: () => void
}) {
  const { api, clock, showFault } = useApp()
  const { agent, shell } = useWords()
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<readonly Receiver[]>()
  useEffect(() => {
    let isOver = false
    const stop = clock.startTimer(typed === '' ? 0 : waitMs, () => {
      api.call('listWorkReceivers', { params: { itemId }, query: { text: typed } }).then(({ items }) => {
        if (!isOver) setFound(items)
      }, showFault)
    })
    return () => {
      isOver = true
      stop()
    }
  }, [api, clock, showFault, itemId, typed])
  return (
    <Dialog title={agent.giveTo} isOpen onClose={onClose} foot={<Button onPress={onClose}>{shell.cancel}</Button>}>
      <Quiet>{agent.giveToHint}</Quiet>
      <SearchField label={agent.giveToWhom} clearLabel={shell.clear} value={typed} onChange={setTyped} autoFocus />
      <ul className={css.receivers} aria-label={agent.giveToWhom}>
        {found?.map(({ userId, name, state, queueId, queueName }) => (
          <li key={userId}>
            <Button
              kind="quiet"
              onPress={() => {
                onChoose({ queueId, agentId: userId })
                onClose()
              }}
            >
              <span className={css.receiver}>
                {name}
                <Quiet>
                  {agent.states[state]} · {queueName}
                </Quiet>
              </span>
            </Button>
          </li>
        ))}
        {found?.length === 0 && <li>{agent.nobodyTakes}</li>}
      </ul>
    </Dialog>
  )
}
