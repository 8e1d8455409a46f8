import { useApp } from '../app/use-app.ts'
import { useWords } from '../words/use-words.ts'
import { chatServices } from './chat-services.ts'
import type { Message } from './outbox.ts'

/** A message in one line, for lists and for being read aloud. */
export function useSummary(): (message: Message, hasSender: boolean) => string {
  const { chat } = useWords()
  const { userId } = chatServices(useApp())
  return (message, hasSender) => {
    const { kind, senderId, senderName, about, text, files, goneBy } = message
    const who = senderId === userId ? chat.you : senderName || chat.formerColleague
    const aboutName = about === undefined ? '' : about.userId === userId ? chat.you : about.name || chat.formerColleague
    if (kind === 'named') return chat.named(who, text ?? '')
    if (kind === 'joined') return chat.joined(who, aboutName)
    if (kind === 'left') return about?.userId === senderId ? chat.left(aboutName) : chat.takenOut(who, aboutName)
    if (goneBy !== undefined) {
      if (goneBy === 'sender') return chat.deleted
      return goneBy === 'retention' ? chat.erasedByTime : chat.erasedByAdministrator
    }
    const said = text ?? files?.map(({ name }) => name).join(', ') ?? ''
    return hasSender || senderId === userId ? `${who}: ${said}` : said
  }
}
