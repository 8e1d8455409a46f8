import { useEffect } from 'react'
import type { ScreenProps } from '../app/feature.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Button, classNames, Empty, VisuallyHidden } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './chat.module.css'
import { ConversationSide } from './conversation-side.tsx'
import { NewConversation } from './new-conversation.tsx'
import { ThreadPane } from './thread-pane.tsx'
import { chatServices } from './chat-services.ts'

/** The conversations, and beside them the one that is open. Where there is room for one of the two: one or the other. */
export function Screen({ params: { id } }: ScreenProps) {
  const app = useApp()
  const { chat } = useWords()
  const { list } = chatServices(app)
  const { query } = useValue(app.router.location)
  useEffect(() => {
    if (id !== undefined) void list.refresh(id)
  }, [id, list])
  const at = Number(query.get('at')) || undefined
  return (
    <div className={classNames(css.screen, id !== undefined && css.hasThread)}>
      <VisuallyHidden>
        <h1>{chat.title}</h1>
      </VisuallyHidden>
      <section className={css.side} aria-label={chat.list}>
        <ConversationSide chosen={id} />
      </section>
      <div className={css.main}>
        {id === undefined ? (
          <Empty icon="chat" title={chat.choose}>
            <p>{chat.chooseHint}</p>
            <Button icon="edit" kind="primary" onPress={() => app.actions.run('chat.new')}>
              {chat.newConversation}
            </Button>
          </Empty>
        ) : (
          <ThreadPane key={id} conversationId={id} {...(at === undefined ? {} : { at })} />
        )}
      </div>
      {query.has('new') && (
        <NewConversation onClose={() => app.router.replace(id === undefined ? '/chat' : `/chat/${id}`)} />
      )}
    </div>
  )
}
