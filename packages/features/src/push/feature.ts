import type { Clock, CompanyId, Logger, UserId } from '@vaxel/base'
import {
  InvalidRequest,
  type OperationHandler,
  perform,
  readPush,
  subscribePush,
  unsubscribePush,
} from '@vaxel/contract'
import type {
  Directory,
  EventFeed,
  MessageAlerts,
  PushMessage,
  PushSender,
  SessionStore,
  UserSettings,
} from '@vaxel/core'
import { CallAlerts } from './call-alerts.ts'
import { PushDesk } from './push-desk.ts'

export interface PushDependencies {
  readonly feed: EventFeed
  readonly directory: Directory
  readonly userSettings: UserSettings
  readonly sessions: Pick<SessionStore, 'ofUser'>
  readonly sender: PushSender
  readonly clock: Clock
  readonly log: Logger
}

/** Messages to browsers while no page is open. */
export interface PushFeature {
  readonly handlers: readonly OperationHandler[]
  /** For chat: somebody wrote to somebody who is away. */
  readonly alerts: MessageAlerts
  /** To the browsers of one user, while no page is open. */
  tell(to: { readonly userId: UserId; readonly companyId: CompanyId }, message: PushMessage): void
  close(): void
}

export function createPush(dependencies: PushDependencies): PushFeature {
  const { feed, userSettings, sender } = dependencies
  const desk = new PushDesk(dependencies)
  const calls = new CallAlerts(dependencies, desk)
  const stop = feed.subscribe((events) => {
    for (const event of events) calls.see(event)
  })
  return {
    handlers: [
      perform(readPush, ({ principal }) => ({
        publicKey: sender.publicKey,
        endpoints: desk.of(principal.userId as UserId).map(({ endpoint }) => endpoint),
      })),
      perform(subscribePush, async ({ principal, body }) => {
        const wrong = sender.refuse(body.endpoint)
        if (wrong !== undefined) return InvalidRequest(undefined, { mistakes: [{ path: '/endpoint', reason: wrong }] })
        await desk.add(principal.userId as UserId, principal.companyId as CompanyId, principal.sessionId, body)
        return undefined
      }),
      perform(
        unsubscribePush,
        ({ principal, body }) =>
          desk.remove(
            principal.userId as UserId,
            principal.companyId as CompanyId,
            body.endpoint,
          ) as Promise<undefined>,
      ),
    ],
    alerts: {
      messageWaits: ({ userId, companyId, conversationId, senderName, groupName, text }) => {
        if (userSettings.get(userId, 'notifications')?.chatMessages === false) return
        desk.send(userId, companyId, {
          title: groupName === undefined ? senderName : `${senderName} · ${groupName}`,
          body: text.slice(0, 200),
          tag: `chat ${conversationId}`,
          path: `/chat/${conversationId}`,
        })
      },
    },
    tell: ({ userId, companyId }, message) => desk.send(userId, companyId, message),
    close: stop,
  }
}
