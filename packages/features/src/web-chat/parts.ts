import type { Clock, CompanyId, Logger } from '@vaxel/base'
import type {
  Directory,
  Mailer,
  Notices,
  WebChat,
  WebChatId,
  WebChatMessage,
  WebChatStore,
  WorkDesk,
} from '@vaxel/core'

/** Telephones of visitors, where speaking is on offer. */
export interface VisitorPhones {
  /** @param origin of the page, for the relay's addresses */
  open(
    chat: WebChat,
    origin: string,
  ): Promise<
    | {
        readonly address: string
        readonly username: string
        readonly password: string
        readonly to: string
        readonly webSockets: readonly string[]
        readonly iceServers: readonly {
          readonly urls: readonly string[]
          readonly username: string
          readonly credential: string
        }[]
      }
    | undefined
  >
}

export interface WebChatParts {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly webChats: WebChatStore
  readonly workDesk: WorkDesk
  readonly notices: Pick<Notices, 'publish'>
  readonly mailer: Pick<Mailer, 'queue'>
  /** Absent: nobody can speak. */
  readonly phones?: VisitorPhones
}

/** Everything that was said; the store gives a part at a time. */
export async function allMessages(
  store: Pick<WebChatStore, 'messages'>,
  id: WebChatId,
): Promise<readonly WebChatMessage[]> {
  const all: WebChatMessage[] = []
  for (;;) {
    const more = await store.messages(id, all.length)
    if (more.length === 0) return all
    all.push(...more)
  }
}

export const eventOf = (kind: string, companyId: CompanyId, atMs: number, data: Readonly<Record<string, unknown>>) => ({
  kind,
  companyId,
  atMs,
  data,
})
