import { useState } from 'react'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { Banner, Button, Dialog, IconButton, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './chat.module.css'
import { chatServices } from './chat-services.ts'
import { type Chosen, PeoplePicker } from './people-picker.tsx'

/** One person: the conversation with them. Several: a group, which needs a name. */
export function NewConversation({ onClose }: { readonly onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const { chat, shell } = words
  const { list } = chatServices(app)
  const [people, setPeople] = useState<readonly Chosen[]>([])
  const [name, setName] = useState('')
  const [fault, setFault] = useState<unknown>()
  const isGroup = people.length > 1
  const usualName = people
    .map((one) => one.name.split(' ')[0])
    .join(', ')
    .slice(0, 100)
  const start = async () => {
    setFault(undefined)
    try {
      const userIds = people.map(({ userId }) => userId)
      const made = isGroup
        ? await app.api.call('createConversation', { body: { name: name.trim() || usualName, userIds } })
        : await app.api.call('openConversation', { params: { userId: userIds[0]! } })
      list.put(made)
      app.router.replace(`/chat/${made.id}`)
    } catch (error) {
      setFault(error)
    }
  }
  return (
    <Dialog
      title={chat.newConversation}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={people.length === 0} onPress={() => void start()}>
            {isGroup ? chat.makeGroup : chat.start}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        {people.length > 0 && (
          <ul className={css.chosen} aria-label={chat.chosen}>
            {people.map((one) => (
              <li key={one.userId}>
                {one.name}
                <IconButton
                  size="small"
                  icon="close"
                  label={chat.takeAway(one.name)}
                  onPress={() => setPeople(people.filter(({ userId }) => userId !== one.userId))}
                />
              </li>
            ))}
          </ul>
        )}
        {isGroup && (
          <TextField label={chat.groupName} value={name} onChange={setName} maxLength={100} placeholder={usualName} />
        )}
        <PeoplePicker without={people.map(({ userId }) => userId)} onChoose={(one) => setPeople([...people, one])} />
        {fault !== undefined && (
          <Banner tone="bad" isLive>
            {faultText(words, fault)}
          </Banner>
        )}
      </div>
    </Dialog>
  )
}
