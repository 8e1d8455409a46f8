import { useState } from 'react'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { Avatar, Badge, Banner, Button, Dialog, IconButton, TextField, useQuestion } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './chat.module.css'
import { chatServices } from './chat-services.ts'
import type { Conversation } from './conversation-list.ts'
import { PeoplePicker } from './people-picker.tsx'

/** Who is in a group; for those who look after it, its name and who comes and goes. */
export function GroupDialog({
  conversation,
  onClose,
}: {
  readonly conversation: Conversation
  readonly onClose: () => void
}) {
  const app = useApp()
  const words = useWords()
  const { chat, shell } = words
  const { list, userId } = chatServices(app)
  const question = useQuestion((error) => faultText(words, error))
  const [name, setName] = useState(conversation.name ?? '')
  const [isAdding, setAdding] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const { id: conversationId, isAdmin, members } = conversation
  const attempt = async (action: () => Promise<Conversation | undefined>) => {
    setFault(undefined)
    try {
      const changed = await action()
      if (changed) list.put(changed)
      else await list.refresh(conversationId)
    } catch (error) {
      setFault(error)
    }
  }
  const put = (member: string, body: { isAdmin?: boolean }) =>
    attempt(() => app.api.call('putConversationMember', { params: { conversationId, userId: member }, body }))
  const takeOut = (member: string) =>
    app.api.call('removeConversationMember', { params: { conversationId, userId: member } })
  const leave = () =>
    question.ask({
      title: chat.leaveTitle,
      text: chat.leaveText,
      yes: chat.leave,
      isDanger: true,
      run: async () => {
        await takeOut(userId)
        list.remove(conversationId)
        app.router.replace('/chat')
      },
    })
  const rename = () =>
    attempt(() => app.api.call('renameConversation', { params: { conversationId }, body: { name: name.trim() } }))
  return (
    <Dialog
      title={chat.groupDetails}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button icon="log-out" onPress={leave}>
            {chat.leave}
          </Button>
          <Button onPress={onClose}>{shell.close}</Button>
        </>
      }
    >
      <div className={css.form}>
        {isAdmin && (
          <div className={css.rename}>
            <TextField label={chat.groupName} value={name} onChange={setName} maxLength={100} />
            <Button isDisabled={name.trim() === '' || name.trim() === conversation.name} onPress={() => void rename()}>
              {chat.rename}
            </Button>
          </div>
        )}
        {fault !== undefined && (
          <Banner tone="bad" isLive>
            {faultText(words, fault)}
          </Banner>
        )}
        <ul className={css.memberList} aria-label={chat.members(conversation.memberCount)}>
          {members.map((one) => (
            <li key={one.userId} className={css.member}>
              <Avatar name={one.name || chat.formerColleague} size={32} />
              <span className={css.memberName}>{one.userId === userId ? `${one.name} (${chat.you})` : one.name}</span>
              {one.isAdmin && <Badge tone="info">{chat.admin}</Badge>}
              {isAdmin && one.userId !== userId && (
                <>
                  {!one.isAdmin && (
                    <IconButton
                      icon="shield"
                      label={`${chat.makeAdmin}: ${one.name}`}
                      onPress={() => void put(one.userId, { isAdmin: true })}
                    />
                  )}
                  <IconButton
                    icon="close"
                    label={`${chat.takeOut}: ${one.name}`}
                    onPress={() => void attempt(async () => (await takeOut(one.userId), undefined))}
                  />
                </>
              )}
            </li>
          ))}
        </ul>
        {isAdmin && !isAdding && (
          <Button icon="person-add" onPress={() => setAdding(true)}>
            {chat.addPeople}
          </Button>
        )}
        {isAdding && (
          <>
            <p className={css.hint}>{chat.laterHint}</p>
            <PeoplePicker without={members.map((one) => one.userId)} onChoose={(one) => void put(one.userId, {})} />
          </>
        )}
        {question.dialog}
      </div>
    </Dialog>
  )
}
