import type { App } from '../app/app.ts'
import type { WebFeature } from '../app/feature.ts'
import { newConversation } from './actions/new-conversation.ts'
import { openChat } from './actions/open-chat.ts'
import { chatServices, startChat } from './chat-services.ts'
import { showUnreadInTitle } from './title-count.ts'
import { unreadCount } from './unread-count.ts'

export const chatFeature: WebFeature = {
  id: 'chat',
  routes: [{ pattern: '/chat/:id?', load: () => import('./chat-screen.tsx') }],
  places: [{ path: '/chat', label: ({ chat }) => chat.title, icon: 'chat', order: 30, count: unreadCount }],
  start: (app: App) => {
    const stopChat = startChat(app)
    const { list } = chatServices(app)
    const stops = [
      list.unread.subscribe(() => unreadCount.set(list.unread.get())),
      app.actions.add(openChat(app), newConversation(app)),
      showUnreadInTitle(),
    ]
    const chatWith = (userId: string) => {
      app.api.call('openConversation', { params: { userId } }).then((conversation) => {
        list.put(conversation)
        app.router.go(`/chat/${conversation.id}`)
      }, app.showFault)
    }
    app.services.chatWith = chatWith
    return () => {
      for (const stop of stops) stop()
      stopChat()
      unreadCount.set(0)
      if (app.services.chatWith === chatWith) delete app.services.chatWith
    }
  },
}
