import type { Action } from '../../app/actions.ts'
import type { App } from '../../app/app.ts'

/** Asks with whom. */
export const newConversation = ({ router }: App): Action => ({
  id: 'chat.new',
  label: ({ chat }) => chat.newConversation,
  icon: 'edit',
  shortcut: 'Alt+N',
  run: () => router.go('/chat?new=1'),
})
