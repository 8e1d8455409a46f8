import type { Action } from '../../app/actions.ts'
import type { App } from '../../app/app.ts'

/** Goes to the conversations. */
export const openChat = ({ router }: App): Action => ({
  id: 'chat.open',
  label: ({ chat }) => chat.title,
  icon: 'chat',
  shortcut: 'Alt+C',
  run: () => router.go('/chat'),
})
