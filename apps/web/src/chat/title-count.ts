import { unreadCount } from './unread-count.ts'

/** Puts the number of unread messages before the title of the page, as long as no call stands there. @returns takes it away */
export function showUnreadInTitle(): () => void {
  const show = () => {
    const plain = document.title.replace(/^\(\d+\+?\) /, '')
    if (plain.startsWith('☎')) return
    const count = unreadCount.get()
    document.title = count === 0 ? plain : `(${count > 99 ? '99+' : count}) ${plain}`
  }
  const stop = unreadCount.subscribe(show)
  return () => {
    stop()
    document.title = document.title.replace(/^\(\d+\+?\) /, '')
  }
}
